// The wire between a device and its city: a TCP proxy on this machine that is really cut. Whoever is on the line loses
// it at once, whoever calls finds nobody listening; mending opens the same port again. It can be slow, too.
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { Transform } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

export async function openNetwork() {
  const open = new Set();
  let port = 0;
  let target;
  let server;
  let pace = Infinity;

  /** Each line has the pace for itself, and goes on at it: a line on which nothing moves would be given up. */
  const brake = () =>
    new Transform({
      async transform(bytes, _, pass) {
        for (let at = 0; at < bytes.length; ) {
          const piece = bytes.subarray(at, at + Math.ceil(pace / 4));
          if (pace !== Infinity) await sleep((piece.length / pace) * 1000);
          this.push(piece);
          at += piece.length;
        }
        pass();
      },
    });
  const carry = (near) => {
    const far = connect(target, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => open.delete(socket));
    }
    near.on("close", () => far.destroy());
    // One that ended well has what is still on the brake behind it.
    far.on("close", (failed) => failed && near.destroy());
    near.pipe(far);
    far.pipe(brake()).pipe(near);
  };
  const listen = async () => {
    server = createServer(carry).listen(port, "127.0.0.1");
    await once(server, "listening");
    port = server.address().port;
  };
  const cut = async () => {
    if (!server) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of open) socket.destroy();
    await closed;
    server = undefined;
  };

  await listen();
  return {
    url: `http://127.0.0.1:${port}`,
    /** Where calls arrive; set before the first one. */
    leadTo(to) {
      target = to;
    },
    /** From now on so many bytes a second come from the city to the device, on each line. */
    slow(bytesPerSecond) {
      pace = bytesPerSecond;
    },
    cut,
    mend: async () => server ?? (await listen()),
  };
}
