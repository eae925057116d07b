import { asCallError, CallError, type Door } from "./door";

const TOKEN = "vekha-token";

/** The token arrives once in the address; it is kept for this tab and taken out of sight. */
function takeToken(): string | null {
  const address = new URL(location.href);
  const given = address.searchParams.get("token");
  if (given !== null) {
    sessionStorage.setItem(TOKEN, given);
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }
  return given ?? sessionStorage.getItem(TOKEN);
}

export function openHost(): Door {
  const token = takeToken();
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (token !== null) headers["Authorization"] = `Bearer ${token}`;

  return {
    async call(name, args) {
      let answer: Response;
      try {
        answer = await fetch(`/rpc/${encodeURIComponent(name)}`, {
          method: "POST",
          credentials: "same-origin",
          headers,
          body: JSON.stringify(args ?? {}),
        });
      } catch {
        throw new CallError("unreachable", null);
      }
      const body: unknown = await answer.json().catch(() => null);
      if (!answer.ok) throw asCallError(body ?? { code: `http-${answer.status}` });
      return body;
    },
    listen(stale) {
      // EventSource cannot carry a header: the cookie set with the first page opens it, the query is the fallback.
      const query = token === null ? "" : `?token=${encodeURIComponent(token)}`;
      const open = (wait: number) => {
        const source = new EventSource(`/events${query}`, { withCredentials: true });
        const heard = (event: MessageEvent<string>) => {
          try {
            const { tags } = JSON.parse(event.data) as { tags?: string[] };
            stale(tags ?? []);
          } catch {
            stale([]);
          }
        };
        source.onmessage = heard;
        source.addEventListener("stale", heard);
        // Whatever was said while nobody listened is read again.
        source.onopen = () => {
          wait = 1000;
          stale([]);
        };
        source.onerror = () => {
          if (source.readyState !== EventSource.CLOSED) return;
          setTimeout(() => open(Math.min(wait * 2, 30_000)), wait);
        };
      };
      open(1000);
    },
  };
}
