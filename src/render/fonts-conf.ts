import { escapeXml } from "./svg.ts";

interface FontSettings {
  directories: readonly string[];
  /** Preferred first. */
  families: readonly string[];
  cache: string;
}

/**
 * A fonts.conf that knows only our directories, so that a picture is the same on a full desktop and
 * in a container without any font. Hinting is off: it would move glyphs to whole pixels and part
 * the drawn widths from the measured ones.
 */
export function fontsConf({ directories, families, cache }: FontSettings): string {
  const each = (tag: string, texts: readonly string[]) =>
    texts.map((text) => `<${tag}>${escapeXml(text)}</${tag}>`).join("");
  const alias = (generic: string) =>
    `<alias binding="same"><family>${generic}</family><prefer>${each("family", families)}</prefer></alias>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
${each("dir", directories)}
${each("cachedir", [cache])}
${["sans-serif", "serif", "monospace", "system-ui"].map(alias).join("\n")}
<match target="pattern"><edit name="family" mode="append_last">${each("string", families)}</edit></match>
<match target="pattern">
<edit name="antialias" mode="assign"><bool>true</bool></edit>
<edit name="hinting" mode="assign"><bool>false</bool></edit>
<edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
</match>
</fontconfig>
`;
}
