/** Formats that stand in the text as pictures; everything else is attached. An SVG is a document, not a picture, and only attached. */
const PICTURE_TYPES = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);
export const PICTURE_ACCEPT = [...PICTURE_TYPES].join(",");

export const isPicture = (file: { readonly type: string }): boolean => PICTURE_TYPES.has(file.type.toLowerCase());

/** What a paste or drop carries, as far as the decision needs it. */
export type Transferred = { readonly files: readonly File[]; readonly html: string; readonly text: string };

export const readTransfer = (transfer: DataTransfer | null): Transferred => ({
  files: transfer ? [...transfer.files] : [],
  html: transfer?.getData("text/html") ?? "",
  text: transfer?.getData("text/plain") ?? "",
});

// Office programs put a picture of the copied cells or text beside the real thing. The text wins: a table stays a table.
const holdsMoreThanPicture = (html: string): boolean => {
  const words = html
    .replace(/<(style|script|title|xml)\b[\s\S]*?<\/\1>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&nbsp;|\s/g, "");
  return words !== "" || /<table\b/i.test(html);
};

/** The files that a paste means to bring; none when the text beside them is what was copied. */
export const pastedFiles = ({ files, html, text }: Transferred): readonly File[] =>
  files.length === 0 || holdsMoreThanPicture(html) || (html === "" && text.trim() !== "" && files.every(isPicture)) ? [] : files;

/** Whether something that is dragged over the page brings files. */
export const bringsFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes("Files") ?? false;

/** A pasted picture is called "image.png" by every browser; its time tells one from the next. */
export const namedFile = (file: File, now: Date): File => {
  if (!/^image\.(png|jpe?g|webp|gif)$/i.test(file.name)) return file;
  const stamp = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: "Asia/Seoul" }).format(now);
  return new File([file], file.name.replace(/^image/i, stamp.replaceAll(":", "").replace(" ", "-")), { type: file.type });
};
