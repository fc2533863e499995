// Sends one request to the cloud: endpoint, credentials, signature, retries.
const http = require("node:http");
const https = require("node:https");
const { setTimeout: pause } = require("node:timers/promises");
const { canonicalQuery, sign } = require("./sign.cjs");

const ATTEMPTS = 3;
const THROTTLES = /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown|RequestTimeout|PriorRequestNotComplete)$/;

async function resolved(value) {
  return typeof value === "function" ? value() : value;
}

async function endpointOf(config, table) {
  const given = await resolved(config.endpoint);
  if (given?.hostname) return new URL(`${given.protocol}//${given.hostname}${given.port ? `:${given.port}` : ""}${given.path ?? ""}`);
  const own = `AWS_ENDPOINT_URL_${table.id.toUpperCase().replaceAll(" ", "_")}`;
  return new URL(given?.url ?? given ?? process.env[own] ?? process.env.AWS_ENDPOINT_URL);
}

function environmentCredentials() {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, sessionToken };
  const error = new Error("Could not load credentials from any providers");
  error.name = "CredentialsProviderError";
  throw error;
}

function exchange(endpoint, request) {
  return new Promise((resolve, reject) => {
    const query = canonicalQuery(request.query);
    const transport = endpoint.protocol === "https:" ? https : http;
    const sent = transport.request({ hostname: endpoint.hostname, port: endpoint.port, method: request.method, headers: request.headers,
      path: endpoint.pathname.replace(/\/$/, "") + request.path + (query ? `?${query}` : "") }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }));
    });
    sent.on("error", reject);
    sent.end(request.body);
  });
}

// `isRetryable(response)` looks at an answer; a connection that breaks is tried again, too.
async function send(table, config, request, isThrottle) {
  const endpoint = await endpointOf(config, table);
  const region = (await resolved(config.region)) ?? process.env.AWS_REGION;
  const limit = (await resolved(config.maxAttempts)) ?? ATTEMPTS;
  for (let attempt = 1; ; ++attempt) {
    const signed = { ...request, headers: { ...request.headers, host: endpoint.host, "content-length": request.body.length } };
    const credentials = (await resolved(config.credentials)) ?? environmentCredentials();
    sign(signed, { credentials, region, service: table.signing });
    let response;
    try {
      response = await exchange(endpoint, signed);
    } catch (error) {
      if (attempt >= limit) throw error;
    }
    const again = !response || response.status >= 500 || isThrottle(response);
    if (response && (!again || attempt >= limit)) return { ...response, attempts: attempt };
    await pause(Math.random() * 100 * 2 ** attempt);
  }
}

module.exports = { THROTTLES, resolved, send };
