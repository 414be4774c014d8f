import { readdirSync } from "node:fs";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

// Sentences are compiled with the build: the parser of their format would cost every page 9 KiB.
const features = readdirSync("./src/features", { withFileTypes: true }).filter((entry) => entry.isDirectory());
const catalogues = ["./src/shell/messages", ...features.map(({ name }) => `./src/features/${name}/messages` as const)];
const withNextIntl = createNextIntlPlugin({
  requestConfig: "./src/i18n/request.ts",
  experimental: { messages: { path: catalogues, format: "json", locales: ["ko", "en"], precompile: true } },
});

const config: NextConfig = {
  // The doors before Next.js answer what is data; what is left are pages, and nothing of a page is optimised on demand.
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ["@maru/ui", "@maru/api", "@maru/platform"],
  // The composition root is bundled by build.mjs; types and lint have their own commands.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    authInterrupts: true,
    optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@tabler/icons-react"],
  },
};

export default withNextIntl(config);
