// Writes src/Ingest.Text/Data/encodings from the indexes of the WHATWG Encoding Standard, as npm's text-encoding 0.7.0 (Unlicense or Apache-2.0) carries them:
//   npm pack text-encoding@0.7.0 && tar xzf text-encoding-0.7.0.tgz && node deploy/web-encodings.js package src/Ingest.Text/Data/encodings
const { writeFileSync } = require("node:fs");
const { join, resolve } = require("node:path");
const [from, into] = process.argv.slice(2);
const indexes = require(resolve(from, "lib/encoding-indexes.js"))["encoding-indexes"];
const text = codes => codes.map(code => String.fromCodePoint(code ?? 0xFFFD)).join("");

// One row of the index a line.
for (const [name, row] of [["big5", 157], ["jis0208", 94], ["jis0212", 94]]) {
  const lines = [];
  for (let at = 0; at < indexes[name].length; at += row) lines.push(text(indexes[name].slice(at, at + row)));
  writeFileSync(join(into, name + ".txt"), lines.join("\n") + "\n");
}

// A name and the characters of the bytes A0 to FF (Macintosh: 80 to FF) a line; those before are control characters in all of them.
const single = ["iso-8859-7", "iso-8859-10", "iso-8859-14", "iso-8859-16", "macintosh", "x-mac-cyrillic"];
writeFileSync(join(into, "single.txt"), single.map(name => name + " " + text(indexes[name].slice(name.startsWith("iso") ? 32 : 0)) + "\n").join(""));
