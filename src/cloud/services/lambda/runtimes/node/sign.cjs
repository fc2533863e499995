// Signature Version 4.
const { createHash, createHmac } = require("node:crypto");

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const hmac = (key, text) => createHmac("sha256", key).update(text).digest();

// Everything but unreserved characters, as RFC 3986 has it.
function percent(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function canonicalQuery(query) {
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const encoded = query.map(([key, value]) => [percent(key), percent(value)]);
  return encoded.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1])).map((pair) => pair.join("=")).join("&");
}

// `request`: {method, path (as sent), query [[key, value]], headers, body}. Its headers get the signature.
function sign(request, { credentials, region, service, now = new Date() }) {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const hash = sha256(request.body);
  request.headers["x-amz-date"] = time;
  if (service === "s3") request.headers["x-amz-content-sha256"] = hash;
  if (credentials.sessionToken) request.headers["x-amz-security-token"] = credentials.sessionToken;
  const names = Object.keys(request.headers).map((name) => name.toLowerCase()).sort();
  const values = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  // Only S3 signs the path as it is sent; the others encode it once more.
  const signedPath = service === "s3" ? request.path : request.path.split("/").map(percent).join("/");
  const canonical = [request.method, signedPath, canonicalQuery(request.query), ...names.map((name) => `${name}:${String(values[name]).trim().replace(/ +/g, " ")}`), "", names.join(";"), hash].join("\n");
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const key = scope.split("/").reduce((made, part) => hmac(made, part), `AWS4${credentials.secretAccessKey}`);
  const signature = createHmac("sha256", key).update(`AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).digest("hex");
  request.headers.authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
}

module.exports = { canonicalQuery, percent, sign };
