import { createRequire } from "node:module";
import path from "node:path";

export type Weight = 400 | 600;

interface FontFamily {
  name: string;
  files: Record<Weight, string>;
}

const packages = createRequire(import.meta.url);

/**
 * In order of preference: Inter, then what it lacks. The emoji are the monochrome ones, which take the
 * colour of the text around them.
 */
export const fontFamilies: readonly FontFamily[] = [
  family("Inter", "inter", "Inter"),
  family("Noto Sans JP", "noto-sans-jp", "NotoSansJP"),
  family("Noto Emoji", "noto-emoji", "NotoEmoji"),
];

function family(name: string, folder: string, prefix: string): FontFamily {
  const root = path.dirname(packages.resolve(`@expo-google-fonts/${folder}/package.json`));
  return {
    name,
    files: {
      400: path.join(root, "400Regular", `${prefix}_400Regular.ttf`),
      600: path.join(root, "600SemiBold", `${prefix}_600SemiBold.ttf`),
    },
  };
}
