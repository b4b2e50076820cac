/** Discord's markdown as HTML: what a bot can send, and every character of data as text. */
export function renderMarkdown(markdown: string): string {
  return markdown
    .split(/(```[\s\S]*?```)/)
    .map((part) => (part.startsWith("```") && part.length >= 6 ? fence(part) : renderLines(part)))
    .join("");
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (symbol) => entities[symbol] ?? symbol);
}

/** Each letter in a cell of its own, so that columns line up on a machine without a fixed-width font. */
function fence(part: string): string {
  const cells = [...part.slice(3, -3).replace(/^\n/, "")].map((symbol) =>
    /\s|\p{M}|\p{Cf}/u.test(symbol) && symbol !== " " ? symbol : `<i>${escapeHtml(symbol)}</i>`,
  );
  return `<pre>${cells.join("")}</pre>`;
}

function renderLines(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const [, mark = "", rest = line] = /^(#{1,3}|-#) (.*)$/.exec(line) ?? [];
      if (mark === "-#") return `<small>${renderInline(rest)}</small>`;
      if (mark !== "") return `<h${mark.length}>${renderInline(rest)}</h${mark.length}>`;
      return line === "" ? "" : `<p>${renderInline(line)}</p>`;
    })
    .join("");
}

/** A backslash before a sign makes the sign plain; what is left over is bold, code, a link or a mention. */
const TOKEN =
  /\\([^0-9A-Za-z\s])|`([^`]+)`|\*\*((?:\\.|[^*\\])+)\*\*|\[((?:\\.|[^\]\\])+)\]\(<([^>]+)>\)|<@&(\d+)>/g;

function renderInline(text: string): string {
  let html = "";
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    html += escapeHtml(text.slice(end, match.index)) + renderToken(match);
    end = match.index + match[0].length;
  }
  return html + escapeHtml(text.slice(end));
}

function renderToken([whole, escaped, code, bold, label, url, role]: RegExpExecArray): string {
  if (escaped !== undefined) return escapeHtml(escaped);
  if (code !== undefined) return `<code>${escapeHtml(code)}</code>`;
  if (bold !== undefined) return `<b>${renderInline(bold)}</b>`;
  if (label !== undefined) return `<a href="${escapeHtml(url ?? "")}">${renderInline(label)}</a>`;
  return role === undefined ? escapeHtml(whole) : `<span class="mention">@${role}</span>`;
}
