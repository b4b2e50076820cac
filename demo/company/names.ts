/** Invented names only: made-up stems, so that no real company is meant. */
const stems = [
  "Alder",
  "Brindle",
  "Cobble",
  "Dapple",
  "Ember",
  "Fennel",
  "Gossam",
  "Hazel",
  "Inkle",
  "Juniper",
  "Kestrel",
  "Larch",
  "Marl",
  "Nettle",
  "Osier",
  "Pebble",
  "Quill",
  "Rowan",
  "Sorrel",
  "Thistle",
  "Umber",
  "Vetch",
  "Willow",
  "Yarrow",
  "Bramble",
  "Cinder",
  "Drizzle",
  "Elder",
  "Flint",
  "Gable",
  "Heather",
  "Ivory",
  "Jasper",
  "Kindle",
  "Linden",
  "Mallow",
  "Nimble",
  "Opal",
  "Plover",
  "Quartz",
  "Russet",
  "Saffron",
  "Teasel",
  "Velvet",
  "Wicker",
  "Zephyr",
];
const endings = [
  "wick",
  "mere",
  "holm",
  "ford",
  "stead",
  "gate",
  "combe",
  "thorpe",
  "field",
  "haven",
  "march",
  "moor",
  "ridge",
  "brook",
  "vale",
  "croft",
  "more",
  "shaw",
  "well",
  "tide",
  "light",
  "bourne",
];
const kinds = [
  "Analytics",
  "Foods",
  "Freight",
  "Labs",
  "Logistics",
  "Mutual",
  "Optics",
  "Press",
  "Robotics",
  "Studio",
  "Systems",
  "Textiles",
  "Works",
  "& Daughters",
];

/** Names that try what a chat message must escape, by the account that carries them. */
const awkward: ReadonlyMap<number, string> = new Map([
  [3, "Smith & Sons <Ltd>"],
  [880, "*Bold* Co"],
  [1757, "@everyone Ltd"],
  [2634, "🦊 Foxglove Foundry"],
  [3511, "株式会社あおぞら灯台"],
  [4388, "شركة منارة الخيال"],
  [5265, 'The "Quoted", Comma Company'],
  [6142, "_under_ ~struck~ `code` GmbH"],
  [7019, "<!channel> Holdings"],
  [7896, "[link](https://example.com) AG"],
  [8773, "=1+1 Spreadsheets"],
  [9650, "Ünïcödé Ångström ĳ"],
]);

const combinations = stems.length * endings.length * kinds.length;
// Coprime to the number of combinations, so that neighbours differ and none repeats before all were used.
const stride = 5_413;

/** The name of the n-th account; no two of the first 14,168 are alike, later ones carry a numeral. */
export function nameOf(index: number): string {
  const special = awkward.get(index);
  if (special !== undefined) return special;
  const at = (index * stride) % combinations;
  const stem = stems[at % stems.length];
  const ending = endings[Math.floor(at / stems.length) % endings.length];
  const kind = kinds[Math.floor(at / (stems.length * endings.length))];
  const round = Math.floor(index / combinations);
  return `${stem}${ending} ${kind}${round === 0 ? "" : ` ${round + 1}`}`;
}
