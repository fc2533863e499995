#include "net/client.h"

#include <map>
#include <vector>

#include <boost/asio/redirect_error.hpp>

#include "net/certificates.h"
#include "net/connect.h"
#include "net/deadline.h"
#include "net/input_buffer.h"
#include "net/read_message.h"
#include "net/tls_stream.h"
#include "net/write_message.h"

namespace trunkline::net {
namespace {

constexpr std::size_t kPooledPerOrigin = 64;
constexpr std::size_t kSendStep = 256U << 10U;
constexpr std::uint32_t kMaxHeader = 64U << 10U;

struct Connection {
  std::unique_ptr<ByteStream> stream;
  InputBuffer input;
};

// What came of sending a request over one connection.
struct Attempt {
  Result<Response> answer;
  bool answer_began = false;
  bool reusable = false;
  bool timed_out = false;
};

std::string OriginOf(const Url& url) {
  return url.scheme + "://" + url.Authority();
}

// What must not reach the wire: a blank or line break in the request line would begin another
// request.
Result<void> Check(const Request& request) {
  const auto is_bad = [](char c) { return c <= ' ' || c == '\x7f'; };
  if (request.method.empty() || std::any_of(request.method.begin(), request.method.end(), is_bad)) {
    return Error(ErrorKind::kInvalid, "expected an HTTP method but got '{}'", request.method);
  }
  if (request.target.empty() || std::any_of(request.target.begin(), request.target.end(), is_bad)) {
    return Error(ErrorKind::kInvalid, "expected a percent-encoded request target but got '{}'",
                 request.target);
  }
  return {};
}

// One request over one connection.
class Exchange {
 public:
  Exchange(Loop& loop, const ClientOptions& options, Connection& connection, const Url& url,
           const Request& request)
      : options_(options),
        connection_(connection),
        url_(url),
        request_(request),
        deadline_(loop, [this] { connection_.stream->Close(); }),
        reader_({.max_body = options.max_body, .max_header = kMaxHeader}) {}

  aw<Attempt> Run() {
    const Result<void> sent = co_await SendRequest();
    // Who refuses a request early may answer and close while we still send: the answer is worth
    // more than our error.
    const Result<void> received = co_await ReceiveAnswer(request_.method == "HEAD");
    deadline_.Cancel();
    Attempt attempt{.answer = Error(ErrorKind::kUnreached, ""), .answer_began = reader_.started()};
    if (received.ok()) {
      attempt.answer = reader_.Take();
      attempt.reusable = sent.ok() && reader_.keep_alive() && connection_.input.empty();
    } else {
      attempt.timed_out = deadline_.expired();
      attempt.answer = Describe(sent.ok() ? received.error() : sent.error());
    }
    co_return attempt;
  }

 private:
  aw<Result<void>> SendRequest() {
    std::string head;
    AppendHead(head, request_, url_.Authority());
    std::string_view head_left = head;
    std::string_view left = request_.body;
    do {
      const std::string_view piece = left.substr(0, kSendStep);
      deadline_.Set(options_.answer_limit);  // for every piece: a large body may take its time
      const Result<void> written = co_await connection_.stream->Write(head_left, piece);
      if (!written.ok()) co_return written;
      head_left = {};
      left.remove_prefix(piece.size());
    } while (!left.empty());
    co_return Result<void>();
  }

  aw<Result<void>> ReceiveAnswer(bool answers_head) {
    reader_.Begin(answers_head);
    if (!deadline_.expired()) deadline_.Set(options_.answer_limit);
    for (;;) {
      InputBuffer& input = connection_.input;
      if (!input.empty()) input.Consume(reader_.Put(input.unread()));
      if (reader_.progress() == Progress::kDone) {
        if (reader_.status() >= 200) co_return Result<void>();
        reader_.Begin(answers_head);  // 100, 102, 103: the answer is still to come
        continue;
      }
      if (reader_.progress() == Progress::kBroken)
        co_return Error(ErrorKind::kUnreached, "{}", reader_.problem());
      const bool large = reader_.body_left() > InputBuffer::kSmall;
      const std::span<char> room = input.Prepare(large ? InputBuffer::kLarge : InputBuffer::kSmall);
      const Result<std::size_t> count = co_await connection_.stream->ReadSome(room);
      if (!count.ok()) co_return count.error();
      if (*count == 0) {
        reader_.PutEnd();
        if (reader_.progress() == Progress::kDone) co_return Result<void>();
        co_return Error(ErrorKind::kUnreached, "the other side closed the connection");
      }
      input.Commit(*count);
    }
  }

  Error Describe(const Error& error) const {
    if (deadline_.expired()) {
      return Error(ErrorKind::kUnreached, "'{}' did not answer within {}", OriginOf(url_),
                   ToDurationText(options_.answer_limit));
    }
    return Error(ErrorKind::kUnreached, "no complete answer from '{}': {}", OriginOf(url_),
                 error.message());
  }

  const ClientOptions& options_;
  Connection& connection_;
  const Url& url_;
  const Request& request_;
  Deadline deadline_;
  ResponseReader reader_;
};

}  // namespace

struct Client::State {
  State(Loop& its_loop, const Environment& environment, ClientOptions its_options)
      : loop(its_loop),
        options(std::move(its_options)),
        certificates(FindCertificates(options.ca_bundle, environment)) {}

  // A pooled connection that can still be used, or nothing.
  std::optional<Connection> TakePooled(const std::string& origin) {
    std::vector<Connection>& idle = pool[origin];
    while (!idle.empty()) {
      Connection connection = std::move(idle.back());
      idle.pop_back();
      if (!connection.stream->IsStale()) return connection;
    }
    return std::nullopt;
  }

  void GiveBack(const std::string& origin, Connection connection) {
    connection.input.Shrink();
    std::vector<Connection>& idle = pool[origin];
    if (idle.size() < kPooledPerOrigin) idle.push_back(std::move(connection));
  }

  Result<TlsContext*> Tls() {
    if (!tls) {
      TL_TRY(const std::string path, certificates);
      TL_TRY(tls, TlsContext::Make(path));
    }
    return tls.get();
  }

  aw<Result<Connection>> Connect(Url url) {
    Connection connection;
    TlsContext* context = nullptr;
    if (url.scheme == "https") {
      TL_CO_TRY(context, Tls());
    }
    TL_CO_TRY(connection.stream,
              co_await ConnectTo(loop, std::move(url), context, options.connect_limit));
    co_return connection;
  }

  Loop& loop;
  ClientOptions options;
  Result<std::string> certificates;
  std::unique_ptr<TlsContext> tls;
  std::map<std::string, std::vector<Connection>> pool;
};

Client::Client(Loop& loop, const Environment& environment, ClientOptions options)
    : state_(std::make_shared<State>(loop, environment, std::move(options))) {}
Client::~Client() = default;

aw<Result<Response>> Client::Send(Url origin, Request request) {
  co_return co_await SendKept(std::move(origin), request);
}

aw<Result<Response>> Client::SendKept(Url origin, const Request& request) {
  const std::shared_ptr<State> state = state_;
  TL_CO_DO(Check(request));
  const std::string name = OriginOf(origin);
  std::optional<Connection> pooled = state->TakePooled(name);
  const bool was_pooled = pooled.has_value();
  for (bool again = was_pooled;; again = false) {
    if (!pooled) {
      TL_CO_TRY(pooled, co_await state->Connect(origin));
    }
    Exchange exchange(state->loop, state->options, *pooled, origin, request);
    Attempt attempt = co_await exchange.Run();
    if (attempt.reusable) state->GiveBack(name, std::move(*pooled));
    const bool was_stale = !attempt.answer.ok() && !attempt.answer_began && !attempt.timed_out;
    if (!again || !was_stale) co_return std::move(attempt.answer);
    pooled.reset();
  }
}

}  // namespace trunkline::net
