import { type ByteSource, classifyText, detectSignature, type TextKind } from "@maru/platform/content-type";
import { DECODED_TYPES } from "@maru/platform/images";
import { type FILE_STATES, type FileReason, filesErrors } from "./contract";
import { extensionOf } from "./domain";

/**
 * What may be uploaded, by extension, and what the content must be. A picture's own bytes say which picture it is, whatever the extension
 * says (browsers and messengers save WebP as .jpg every day); everything else must be what its name promises.
 */
type FileType =
  | { readonly kind: "picture" }
  | { readonly kind: "text"; readonly mediaType: string; readonly contents: readonly TextKind[] }
  | { readonly kind: "binary"; readonly mediaType: string; readonly signatures: readonly string[] };

const PICTURES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(DECODED_TYPES.map((mediaType) => [mediaType, mediaType])),
  "image/apng": "image/png",
  "image/bmp": "image/bmp",
  "image/heic": "image/heic",
  "image/heif": "image/heic",
  "image/heic-sequence": "image/heic",
  "image/heif-sequence": "image/heic",
};

const picture: FileType = { kind: "picture" };
const text = (mediaType: string): FileType => ({ kind: "text", mediaType, contents: ["plain"] });
const binary = (mediaType: string, ...others: string[]): FileType => ({ kind: "binary", mediaType, signatures: [mediaType, ...others] });
const ooxml = (kind: string): string => `application/vnd.openxmlformats-officedocument.${kind}`;
const odf = (kind: string): string => `application/vnd.oasis.opendocument.${kind}`;

/** The container of Microsoft's and Hancom's older documents. */
const COMPOUND = "application/x-cfb";
const compound = (mediaType: string, ...others: string[]): FileType => ({ kind: "binary", mediaType, signatures: [COMPOUND, ...others] });

const DOCX = ooxml("wordprocessingml.document");
const XLSX = ooxml("spreadsheetml.sheet");
const PPTX = ooxml("presentationml.presentation");
const PPSX = ooxml("presentationml.slideshow");
const ODT = odf("text");
const ODS = odf("spreadsheet");
const ODP = odf("presentation");

const FILE_TYPES: ReadonlyMap<string, FileType> = new Map<string, FileType>([
  ...["jpg", "jpeg", "jfif", "png", "gif", "webp", "avif", "tif", "tiff", "bmp", "heic", "heif"].map(
    (extension) => [extension, picture] as const,
  ),
  // A drawing is a program: it is kept and handed out, and never shown.
  ["svg", { kind: "text", mediaType: "image/svg+xml", contents: ["svg"] }],
  ["pdf", binary("application/pdf")],
  ["hwp", compound("application/x-hwp", "application/x-hwp-v3")],
  ["hwt", compound("application/x-hwt")],
  ["hwpx", binary("application/hwp+zip")],
  ["cell", compound("application/x-hancom-cell", XLSX, "application/zip")],
  ["show", compound("application/x-hancom-show", PPTX, "application/zip")],
  ["doc", compound("application/msword")],
  ["xls", compound("application/vnd.ms-excel")],
  ["ppt", compound("application/vnd.ms-powerpoint")],
  ["msg", compound("application/vnd.ms-outlook")],
  ["docx", binary(DOCX)],
  ["xlsx", binary(XLSX)],
  ["pptx", binary(PPTX)],
  ["ppsx", binary(PPSX)],
  // Documents with macros say so in their name; one that hides them behind another name is refused.
  ["docm", binary("application/vnd.ms-word.document.macroenabled.12")],
  ["xlsm", binary("application/vnd.ms-excel.sheet.macroenabled.12")],
  ["odt", binary(ODT)],
  ["ods", binary(ODS)],
  ["odp", binary(ODP)],
  ["rtf", binary("application/rtf")],
  ["dwg", binary("image/vnd.dwg")],
  ["psd", binary("image/vnd.adobe.photoshop")],
  ["zip", binary("application/zip", DOCX, XLSX, PPTX, ODT, ODS, ODP)],
  ["7z", binary("application/x-7z-compressed")],
  ["rar", binary("application/x-rar-compressed")],
  ["gz", binary("application/gzip")],
  ["tgz", binary("application/gzip")],
  ["tar", binary("application/x-tar")],
  ["alz", binary("application/x-alz")],
  ["egg", binary("application/x-egg")],
  ["mp4", binary("video/mp4", "video/x-m4v", "video/quicktime")],
  ["m4v", binary("video/mp4", "video/x-m4v")],
  ["mov", binary("video/quicktime", "video/mp4")],
  ["avi", binary("video/vnd.avi")],
  ["webm", binary("video/webm", "video/matroska")],
  ["mkv", binary("video/matroska", "video/webm")],
  ["wmv", binary("video/x-ms-asf", "application/vnd.ms-asf")],
  ["mp3", binary("audio/mpeg")],
  ["m4a", binary("audio/mp4", "audio/x-m4a", "video/mp4")],
  ["wav", binary("audio/wav")],
  ["ogg", binary("audio/ogg", "audio/ogg; codecs=opus", "video/ogg")],
  ["flac", binary("audio/flac")],
  ["txt", text("text/plain")],
  ["log", text("text/plain")],
  ["csv", text("text/csv")],
  ["tsv", text("text/tab-separated-values")],
  ["md", text("text/markdown")],
  ["json", text("application/json")],
  ["ics", text("text/calendar")],
  ["vcf", text("text/vcard")],
]);

/** The extensions that may be uploaded, for tests and documents. */
export const ALLOWED_EXTENSIONS: readonly string[] = [...FILE_TYPES.keys()];

/** Decided by the name alone, before a byte is read. */
export const allowedTypeOf = (name: string): FileType => {
  const extension = extensionOf(name);
  const type = FILE_TYPES.get(extension);
  if (!type) throw filesErrors.typeNotAllowed({ extension });
  return type;
};

/** The media type of what was received; refused when the content is not what the name promised. */
export const judgeContent = async (type: FileType, source: ByteSource): Promise<string> => {
  if (type.kind === "text") {
    const found = await classifyText(source);
    if (!found || !type.contents.includes(found)) throw filesErrors.contentMismatch();
    return type.mediaType;
  }
  const signature = await detectSignature(source);
  if (type.kind === "picture") {
    const mediaType = signature && Object.hasOwn(PICTURES, signature) ? PICTURES[signature] : undefined;
    if (!mediaType) throw filesErrors.contentMismatch();
    return mediaType;
  }
  if (!signature || !type.signatures.includes(signature)) throw filesErrors.contentMismatch();
  return type.mediaType;
};

/** What a file is before the worker has seen it: pictures wait for their variants, and a picture that is never decoded says so at once. */
export const firstState = (mediaType: string): { state: (typeof FILE_STATES)[number]; reason: FileReason | null } => {
  if (DECODED_TYPES.some((decoded) => decoded === mediaType)) return { state: "PENDING", reason: null };
  return mediaType.startsWith("image/") ? { state: "UNSUPPORTED", reason: "files.noPreview" } : { state: "READY", reason: null };
};

const INLINE_TYPES = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf"]);

/** Whether a browser may show the original instead of saving it. What the worker has not found good is a download at most. */
export const mayBeShown = (file: { readonly mediaType: string; readonly state: string }): boolean =>
  file.state === "READY" && INLINE_TYPES.has(file.mediaType);
