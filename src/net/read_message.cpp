#include "net/read_message.h"

#include <algorithm>
#include <optional>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::net {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using beast::error_code;
using BeastText = beast::string_view;

std::string_view View(BeastText text) {
  return {text.data(), text.size()};
}

// What a reader found wrong beyond what Beast checks.
struct Problem {
  int status = 0;
  std::string text;
};

// Collects what the parser finds straight into a message of ours.
template <bool kIsRequest, class Message>
class Parser : public http::basic_parser<kIsRequest> {
 public:
  explicit Parser(const MessageLimits& limits) : limits_(limits) {
    this->header_limit(limits.max_header);
    this->body_limit(limits.max_body);
    this->eager(true);
    // The usual number, so that the list of headers grows once.
    message.headers.Reserve(16);
  }

  Message message;
  Problem problem;
  int version = 11;  // 10 times the version

 protected:
  // Any error ends the parsing; `problem` tells more.
  static error_code Stop() { return http::error::bad_field; }

  void on_field_impl(http::field, BeastText name, BeastText value, error_code& code) override {
    if (this->is_header_done())
      return;  // a trailer is no header: it could replace what was checked
    // Beast limits what it has not consumed yet; fields that come one by one would go on for ever.
    header_size_ += name.size() + value.size() + 4;
    if (header_size_ > limits_.max_header) {
      code = http::error::header_limit;
      return;
    }
    message.headers.Add(View(name), View(value));
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    // A length is only a claim: memory is taken as bytes come.
    constexpr std::uint64_t kTrusted = 64U << 10U;
    if (length) message.body.reserve(static_cast<std::size_t>(std::min(*length, kTrusted)));
  }

  std::size_t on_body_impl(BeastText bytes, error_code&) override {
    message.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  void on_chunk_header_impl(std::uint64_t, BeastText, error_code&) override {}

  std::size_t on_chunk_body_impl(std::uint64_t, BeastText bytes, error_code&) override {
    message.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  void on_finish_impl(error_code&) override {}

 private:
  const MessageLimits& limits_;
  std::size_t header_size_ = 0;
};

class RequestParser final : public Parser<true, Request> {
 public:
  using Parser::Parser;

 private:
  void on_request_impl(http::verb, BeastText method, BeastText target, int its_version,
                       error_code& code) override {
    version = its_version;
    message.method = View(method);
    message.target = View(target);
    // RFC 9112, 3.2.2: the absolute form must be understood; we are the only host.
    for (const std::string_view scheme : {"http://", "https://"}) {
      if (!message.target.starts_with(scheme)) continue;
      const std::size_t path = message.target.find('/', scheme.size());
      message.target = path == std::string::npos ? "/" : message.target.substr(path);
    }
    if (message.target.starts_with('/') || message.target == "*") return;
    problem = {400, fmt::format("expected a path as request target but got '{}'", message.target)};
    code = Stop();
  }

  void on_response_impl(int, BeastText, int, error_code&) override {}

  void on_header_impl(error_code& code) override {
    // Beast ignores codings it does not know, and with them the end of the body: another reader in
    // front of us would see other requests than we do.
    if (message.headers.Has("Transfer-Encoding") && !this->chunked()) {
      problem = {501, "expected 'Transfer-Encoding: chunked' and no other coding"};
    } else if (version >= 11 && !message.headers.Has("Host")) {
      problem = {400, "expected a 'Host' header"};
    } else if (const auto expect = message.headers.Find("Expect");
               expect && !EqualsIgnoreCase(*expect, "100-continue")) {
      problem = {417, fmt::format("expected 'Expect: 100-continue' but got 'Expect: {}'", *expect)};
    }
    if (problem.status != 0) code = Stop();
  }
};

class ResponseParser final : public Parser<false, Response> {
 public:
  using Parser::Parser;

 private:
  void on_request_impl(http::verb, BeastText, BeastText, int, error_code&) override {}
  void on_response_impl(int status, BeastText, int, error_code&) override {
    message.status = status;
  }
  void on_header_impl(error_code&) override {}
};

Problem Explain(const error_code& code, const MessageLimits& limits) {
  if (code == http::error::header_limit) {
    return {431, fmt::format("the header is larger than {} bytes", limits.max_header)};
  }
  if (code == http::error::body_limit) {
    return {413, fmt::format("the body is larger than {} bytes", limits.max_body)};
  }
  if (code == http::error::partial_message) return {400, "the message ends too early"};
  return {400, fmt::format("expected an HTTP/1.1 message: {}", code.message())};
}

// What both readers do.
template <class P>
struct ReaderState {
  explicit ReaderState(MessageLimits its_limits) : limits(its_limits) { parser.emplace(limits); }

  std::size_t Put(std::string_view bytes) {
    error_code code;
    const std::size_t taken = parser->put(boost::asio::buffer(bytes.data(), bytes.size()), code);
    Note(code);
    return taken;
  }

  void Note(const error_code& code) {
    if (code == http::error::need_more) return;
    if (code) {
      progress = Progress::kBroken;
      if (parser->problem.status == 0) parser->problem = Explain(code, limits);
    } else if (parser->is_done()) {
      progress = Progress::kDone;
    }
  }

  std::uint64_t BodyLeft() const {
    if (progress != Progress::kMore || !parser->is_header_done()) return 0;
    const auto left = parser->content_length_remaining();
    return left ? *left : 0;
  }

  MessageLimits limits;
  std::optional<P> parser;
  Progress progress = Progress::kMore;
};

}  // namespace

struct RequestReader::State : ReaderState<RequestParser> {
  using ReaderState::ReaderState;
};

RequestReader::RequestReader(MessageLimits limits) : state_(std::make_unique<State>(limits)) {}
RequestReader::~RequestReader() = default;

void RequestReader::Begin() {
  state_->parser.emplace(state_->limits);
  state_->progress = Progress::kMore;
}

std::size_t RequestReader::Put(std::string_view bytes) {
  // RFC 9112, 2.2: empty lines before a request are skipped; old clients send one behind a body.
  std::size_t skipped = 0;
  while (!started() && skipped < bytes.size() && (bytes[skipped] == '\r' || bytes[skipped] == '\n'))
    ++skipped;
  bytes.remove_prefix(skipped);
  return bytes.empty() ? skipped : skipped + state_->Put(bytes);
}

Progress RequestReader::progress() const {
  return state_->progress;
}
bool RequestReader::started() const {
  return state_->parser->got_some();
}
bool RequestReader::header_done() const {
  return state_->parser->is_header_done();
}

bool RequestReader::wants_continue() const {
  return header_done() && !is_http_1_0() && state_->parser->message.headers.Has("Expect");
}

bool RequestReader::keep_alive() const {
  return state_->parser->keep_alive();
}
bool RequestReader::is_http_1_0() const {
  return state_->parser->version < 11;
}
std::uint64_t RequestReader::body_left() const {
  return state_->BodyLeft();
}
int RequestReader::problem_status() const {
  return state_->parser->problem.status;
}
const std::string& RequestReader::problem() const {
  return state_->parser->problem.text;
}
Request RequestReader::Take() {
  return std::move(state_->parser->message);
}

struct ResponseReader::State : ReaderState<ResponseParser> {
  using ReaderState::ReaderState;
};

ResponseReader::ResponseReader(MessageLimits limits) : state_(std::make_unique<State>(limits)) {}
ResponseReader::~ResponseReader() = default;

void ResponseReader::Begin(bool answers_head) {
  state_->parser.emplace(state_->limits);
  state_->parser->skip(answers_head);
  state_->progress = Progress::kMore;
}

std::size_t ResponseReader::Put(std::string_view bytes) {
  return state_->Put(bytes);
}

void ResponseReader::PutEnd() {
  error_code code = http::error::partial_message;
  if (started()) state_->parser->put_eof(code);
  state_->Note(code);
}

Progress ResponseReader::progress() const {
  return state_->progress;
}
bool ResponseReader::started() const {
  return state_->parser->got_some();
}
int ResponseReader::status() const {
  return state_->parser->message.status;
}
bool ResponseReader::keep_alive() const {
  return state_->parser->keep_alive();
}
std::uint64_t ResponseReader::body_left() const {
  return state_->BodyLeft();
}
const std::string& ResponseReader::problem() const {
  return state_->parser->problem.text;
}
Response ResponseReader::Take() {
  return std::move(state_->parser->message);
}

}  // namespace trunkline::net
