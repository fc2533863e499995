// `import` of the AWS SDK: as platform.cjs does it for require().
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { packageMaker } = require("./package.cjs");
const SCHEME = "trunkline-sdk:";

export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND" || !packageMaker(specifier)) throw error;
    return { url: SCHEME + specifier, format: "module", shortCircuit: true };
  }
}

export async function load(url, context, next) {
  if (!url.startsWith(SCHEME)) return next(url, context);
  const specifier = url.slice(SCHEME.length);
  const names = Object.keys(packageMaker(specifier)());
  const source = `import { createRequire } from "node:module";
const made = createRequire(${JSON.stringify(import.meta.url)})(${JSON.stringify(specifier)});
export default made;
export const { ${names.join(", ")} } = made;
`;
  return { format: "module", source, shortCircuit: true };
}
