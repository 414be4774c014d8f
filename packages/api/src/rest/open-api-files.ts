import { VARIANTS } from "../modules/files/contract";

const failure = (description: string) => ({
  description,
  content: { "application/json": { schema: { $ref: "#/components/schemas/Failure" } } },
});
const security = [{ bearer: [] }];
const tags = ["files"];

/** Bytes travel outside of procedures, as a stream: what is said of them, beside the failures of every operation, is written here by hand. */
export const FILE_PATHS = {
  "/files/upload": {
    post: {
      operationId: "files-upload",
      summary: "Upload a file",
      tags,
      security,
      requestBody: {
        required: true,
        content: {
          "multipart/form-data": {
            schema: {
              type: "object",
              required: ["file"],
              properties: { file: { type: "string", contentMediaType: "application/octet-stream" } },
            },
          },
        },
      },
      responses: {
        201: {
          description: "Done",
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: ["success", "data", "meta"],
                properties: {
                  success: { type: "boolean", const: true },
                  data: { type: "object" },
                  meta: { $ref: "#/components/schemas/Meta" },
                },
              },
            },
          },
        },
        413: failure("The file is too large"),
        415: failure("This type of file can't be uploaded"),
        507: failure("The server's storage is full"),
      },
    },
  },
  "/files/{id}": {
    get: {
      operationId: "files-download",
      summary: "Download a file, or a size of its picture",
      tags,
      security,
      parameters: [
        { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } },
        { name: "variant", in: "query", required: false, schema: { type: "string", enum: [...VARIANTS] } },
      ],
      responses: {
        200: { description: "The bytes", content: { "application/octet-stream": {} } },
        206: { description: "The bytes that Range asked for", content: { "application/octet-stream": {} } },
        416: failure("No such range"),
      },
    },
  },
};
