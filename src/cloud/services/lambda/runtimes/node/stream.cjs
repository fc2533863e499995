// Streamed answers: awslambda.streamifyResponse, the stream that such a handler writes to, and
// awslambda.HttpResponseStream, which puts status and headers before the body.
const http = require("node:http");
const { Writable } = require("node:stream");

const STREAMED = Symbol("trunkline.streamed");
const HTTP_TYPE = "application/vnd.awslambda.http-integration-response";
const PRELUDE_END = Buffer.alloc(8);

class ResponseStream extends Writable {
  #place;
  #type = "application/octet-stream";
  #request;
  #answered;
  _onBeforeFirstWrite;

  constructor(place) {
    super({ highWaterMark: 64 * 1024 });
    this.#place = place;
  }

  get begun() { return this.#request !== undefined; }

  setContentType(type) { this.#type = type; }

  // The first bytes say that this is a stream, and of what.
  #begin() {
    if (this.#request) return;
    const { host, port, target } = this.#place;
    const headers = {
      "Content-Type": this.#type,
      "Lambda-Runtime-Function-Response-Mode": "streaming",
      "Transfer-Encoding": "chunked",
    };
    this.#answered = new Promise((resolve, reject) => {
      this.#request = http.request({ host, port, method: "POST", path: target, headers }, (response) => {
        response.resume();
        response.on("end", resolve);
      });
      this.#request.on("error", reject);
    });
    this._onBeforeFirstWrite?.((bytes) => this.#request.write(bytes));
  }

  _write(chunk, encoding, done) {
    this.#begin();
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk, encoding);
    if (this.#request.write(bytes)) done();
    else this.#request.once("drain", () => done());
  }

  _final(done) {
    this.#begin();
    this.#request.end();
    this.#answered.then(() => done(), done);
  }

  // Resolves when all of it was taken.
  finished() {
    return new Promise((resolve, reject) => {
      if (this.writableFinished) resolve();
      this.on("finish", resolve);
      this.on("error", reject);
    });
  }
}

// The body of an HTTP answer behind JSON that says its status, headers and cookies.
const HttpResponseStream = {
  from(stream, prelude) {
    stream.setContentType(HTTP_TYPE);
    stream._onBeforeFirstWrite = (write) => {
      write(Buffer.from(JSON.stringify(prelude)));
      write(PRELUDE_END);
    };
    return stream;
  },
};

globalThis.awslambda = {
  streamifyResponse(handler) {
    handler[STREAMED] = true;
    return handler;
  },
  HttpResponseStream,
};

module.exports = { ResponseStream, isStreamed: (handler) => handler[STREAMED] === true };
