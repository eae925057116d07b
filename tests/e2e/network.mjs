// The wire between a device and its city: a TCP proxy on this machine that is really cut. Whoever is on the line loses
// it at once, whoever calls finds nobody listening; mending opens the same port again.
import { once } from "node:events";
import { connect, createServer } from "node:net";

export async function openNetwork() {
  const open = new Set();
  let port = 0;
  let target;
  let server;

  const carry = (near) => {
    const far = connect(target, "127.0.0.1");
    for (const [socket, other] of [[near, far], [far, near]]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far);
    far.pipe(near);
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
    cut,
    mend: async () => server ?? (await listen()),
  };
}
