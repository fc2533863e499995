#include "net/session.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

#include "base/json_write.h"
#include "base/system_error.h"
#include "base/text.h"
#include "net/write_message.h"

namespace trunkline::net {
namespace {

// Slower than this for longer than the idle limit, in bytes a second, and a caller is cut off.
constexpr std::uint64_t kSlowest = 16U << 10U;
// After a refusal, how much of what the caller still sends is read, so that it gets to see why.
constexpr std::size_t kLingerBytes = 8U << 20U;
constexpr std::uint64_t kLingerTicks = 5;
constexpr std::chrono::seconds kFarewell{5};  // a WebSocket's client has it to close, too
constexpr std::size_t kFileStep = 256U << 10U;

Response ErrorAnswer(int status, std::string_view code, std::string_view message) {
  Response response;
  response.status = status;
  response.headers.Add("Content-Type", "application/json");
  response.headers.Add("x-amzn-ErrorType", code);
  response.body = "{\"__type\":" + json::Quote(code) + ",\"message\":" + json::Quote(message) + "}";
  return response;
}

std::string_view CodeOf(int status) {
  switch (status) {
    case 413:
      return "RequestEntityTooLargeException";
    case 431:
      return "RequestHeaderTooLargeException";
    default:
      return "MalformedHttpRequestException";
  }
}

// A file being sent. Reading it blocks the loop, for as long as the page cache needs.
class OpenFile {
 public:
  explicit OpenFile(const FileBody& body)
      : descriptor_(open(body.path.c_str(), O_RDONLY | O_CLOEXEC)),
        at_(body.offset),
        left_(body.length) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }

  bool ok() const { return descriptor_ >= 0; }
  std::uint64_t left() const { return left_; }

  // The next piece; empty when the file is shorter than promised or cannot be read.
  std::string_view Next(std::string& buffer) {
    buffer.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kFileStep, left_)));
    ssize_t got = 0;
    do {
      got = pread(descriptor_, buffer.data(), buffer.size(), static_cast<off_t>(at_));
    } while (got < 0 && errno == EINTR);
    const std::size_t size = got > 0 ? static_cast<std::size_t>(got) : 0;
    at_ += size;
    left_ -= size;
    return std::string_view(buffer).substr(0, size);
  }

 private:
  int descriptor_;
  std::uint64_t at_;
  std::uint64_t left_;
};

bool HasNoBody(int status) {
  return status < 200 || status == 204 || status == 304;
}

std::optional<std::uint64_t> LengthOf(const Response& response, bool answers_head) {
  if (HasNoBody(response.status)) return std::nullopt;
  // The answer to HEAD carries the length a GET would have; only the handler knows it.
  if (answers_head && response.body.empty() && !response.file) {
    if (const auto told = response.headers.Find("Content-Length")) {
      if (const auto length = ToInt(*told); length && *length >= 0)
        return static_cast<std::uint64_t>(*length);
    }
  }
  return response.file ? response.file->length : response.body.size();
}

}  // namespace

Session::Session(std::shared_ptr<SessionWorld> world, Socket socket, std::string peer)
    : world_(std::move(world)),
      stream_(std::make_shared<TcpStream>(std::move(socket))),
      peer_(std::move(peer)),
      reader_({.max_body = world_->options.max_body, .max_header = world_->options.max_header}) {
  world_->sessions.insert(this);
}

Session::~Session() {
  world_->sessions.erase(this);
}

void Session::CheckDeadline() {
  if (world_->tick < deadline_) return;
  deadline_ = kNever;
  stream_->Close();
}

void Session::Stop() {
  if (waiting_) stream_->Close();
}

aw<void> Session::Run() {
  for (;;) {
    const bool asked = co_await ReadRequest();
    if (!asked) break;
    Request request = reader_.Take();
    request.peer = peer_;
    const Manner manner{.without_body = request.method == "HEAD",
                        .keep_alive = reader_.keep_alive(),
                        .say_keep_alive = reader_.is_http_1_0()};
    deadline_ = kNever;  // a handler takes the time it needs
    if (auto peer = PeerOf(request)) {
      std::string accepting = AcceptingHead(request);
      co_await Talk(std::move(peer), std::move(accepting));
      co_return;
    }
    Response response = co_await Ask(std::move(request));
    const bool goes_on = co_await Send(std::move(response), manner);
    if (!goes_on) break;
  }
  if (reader_.progress() == Progress::kBroken) co_await Refuse();
  if (reader_.progress() != Progress::kMore) co_await Linger();
}

aw<bool> Session::ReadRequest() {
  reader_.Begin();
  told_to_continue_ = false;
  received_ = input_.unread().size();
  if (input_.empty()) input_.Shrink();
  began_ = world_->tick;
  for (;;) {
    if (!input_.empty()) input_.Consume(reader_.Put(input_.unread()));
    if (reader_.progress() == Progress::kBroken) co_return false;
    waiting_ = !reader_.started() && input_.empty();
    if (waiting_ && world_->stopping) co_return false;
    // Also where no body follows: botocore (1.29) takes an answer without it for the connection's
    // last one, and misreads the next.
    if (reader_.wants_continue() && !told_to_continue_) {
      const bool told = co_await TellToContinue();
      if (!told) co_return false;
    }
    if (reader_.progress() == Progress::kDone) co_return true;
    const bool more = co_await ReadMore();
    if (!more) co_return false;
  }
}

// Waits for bytes; false when there will be none.
aw<bool> Session::ReadMore() {
  const bool large = reader_.body_left() > InputBuffer::kSmall;
  const std::span<char> room = input_.Prepare(large ? InputBuffer::kLarge : InputBuffer::kSmall);
  AllowFor(received_);
  const Result<std::size_t> count = co_await stream_->ReadSome(room);
  if (!count.ok() || *count == 0) co_return false;
  if (waiting_) began_ = world_->tick;  // the idle limit ends here, the one for slow callers begins
  waiting_ = false;
  received_ += *count;
  input_.Commit(*count);
  co_return true;
}

aw<bool> Session::TellToContinue() {
  told_to_continue_ = true;
  const Result<void> told = co_await stream_->Write("HTTP/1.1 100 Continue\r\n\r\n", {});
  co_return told.ok();
}

// Sets the time limit for something that has moved `bytes` since it began.
void Session::AllowFor(std::uint64_t bytes) {
  const auto idle = static_cast<std::uint64_t>(world_->options.idle.count());
  deadline_ = began_ + idle + bytes / kSlowest;
}

aw<Response> Session::Ask(Request request) {
  name_.assign(request.method).append(" ").append(request.path());
  std::string what;
  try {
    aw<Response> pending = world_->handler(std::move(request));
    Response response = co_await std::move(pending);
    co_return response;
  } catch (const std::exception& bug) {
    what = bug.what();
  } catch (...) {
    what = "an exception without a text";
  }
  world_->log.Line(Log::Level::kError,
                   fmt::format("'{}' ended with an exception: {}", name_, what));
  co_return ErrorAnswer(500, "InternalFailure",
                        "the request ended with an internal failure; the log says more");
}

aw<bool> Session::Send(Response response, Manner manner) {
  const bool close = !manner.keep_alive || world_->stopping ||
                     EqualsIgnoreCase(response.headers.Get("Connection"), "close");
  const std::optional<std::uint64_t> length = LengthOf(response, manner.without_body);
  const bool with_body = length && !manner.without_body;
  head_.clear();
  AppendHead(head_, response,
             {.length = length, .close = close, .say_keep_alive = manner.say_keep_alive});
  began_ = world_->tick;
  AllowFor(length.value_or(0));
  if (with_body && response.file) {
    const bool sent = co_await SendFile(*std::move(response.file));
    co_return sent && !close;
  }
  const std::string_view body = with_body ? std::string_view(response.body) : std::string_view();
  const Result<void> sent = co_await stream_->Write(head_, body);
  co_return sent.ok() && !close;
}

aw<bool> Session::SendFile(FileBody file) {
  OpenFile open_file(file);
  if (!open_file.ok()) {
    world_->log.Line(Log::Level::kError, fmt::format("cannot send '{}' as answer to '{}': {}",
                                                     file.path, name_, SystemReason(errno)));
    Response failure = ErrorAnswer(500, "InternalFailure", "the body of the answer cannot be read");
    const Manner last;
    co_await Send(std::move(failure), last);
    co_return false;
  }
  std::string buffer;
  std::string_view head = head_;
  while (!head.empty() || open_file.left() > 0) {
    const std::string_view piece = open_file.Next(buffer);
    if (piece.empty() && open_file.left() > 0) {
      world_->log.Line(Log::Level::kError,
                       fmt::format("'{}' ended {} bytes early while it was sent as answer to '{}'",
                                   file.path, open_file.left(), name_));
      co_return false;  // the length is out: only closing tells the caller that this is not all
    }
    const Result<void> sent = co_await stream_->Write(head, piece);
    if (!sent.ok()) co_return false;
    head = {};
  }
  co_return true;
}

// Who talks over the WebSocket that the request asks for; nullptr: it is a request like others.
std::shared_ptr<WebSocketPeer> Session::PeerOf(const Request& request) const {
  const auto& find = world_->options.websocket;
  return find && AsksForWebSocket(request) ? find(request) : nullptr;
}

aw<void> Session::Talk(std::shared_ptr<WebSocketPeer> peer, std::string accepting) {
  const Result<void> told = co_await stream_->Write(accepting, {});
  if (!told.ok()) co_return;
  const auto socket = std::make_shared<WebSocket>(world_->loop, stream_);
  WebSocketReader reader(WebSocket::kMostMessage);
  peer->Opened(socket);
  waiting_ = true;  // the server's end closes it
  bool goes_on = true;
  while (goes_on) {
    reader.Put(input_.unread());
    input_.Consume(input_.unread().size());
    goes_on = Hear(reader, *socket, *peer);
    const auto idle = std::chrono::seconds(goes_on ? WebSocket::kIdle : kFarewell);
    deadline_ = world_->tick + static_cast<std::uint64_t>(idle.count());
    const std::span<char> room = input_.Prepare(InputBuffer::kSmall);
    const Result<std::size_t> count = co_await stream_->ReadSome(room);
    if (!count.ok() || *count == 0) break;
    input_.Commit(*count);
  }
  peer->Closed();
  stream_->Close();
}

// What has come so far; false when nothing more will be listened to.
bool Session::Hear(WebSocketReader& reader, WebSocket& socket, WebSocketPeer& peer) {
  while (const auto message = reader.Next()) {
    if (message->kind == WebSocketMessage::Kind::kText) peer.Said(message->payload);
    socket.Answer(*message);
    if (message->kind == WebSocketMessage::Kind::kClose) return false;
  }
  if (reader.problem()) socket.Close(*reader.problem());
  return !reader.problem();
}

// Answers a request that could not be read.
aw<void> Session::Refuse() {
  const int status = reader_.problem_status();
  Response response = ErrorAnswer(status, CodeOf(status), reader_.problem());
  const Manner last;
  co_await Send(std::move(response), last);
}

// Closing with unread bytes resets the connection, and the caller may lose the answer. So the rest
// is read.
aw<void> Session::Linger() {
  stream_->FinishWriting();
  deadline_ = world_->tick + kLingerTicks;
  std::size_t left = kLingerBytes;
  while (left > 0) {
    input_.Consume(input_.unread().size());
    const std::span<char> room = input_.Prepare(InputBuffer::kSmall);
    const Result<std::size_t> count = co_await stream_->ReadSome(room);
    if (!count.ok() || *count == 0) break;
    left -= std::min(left, *count);
  }
  stream_->Close();
}

}  // namespace trunkline::net
