#include "net/tcp_stream.h"

#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <sys/socket.h>

#include "base/system_error.h"

namespace trunkline::net {
namespace {

using boost::system::error_code;

Error Broken(const error_code& code) {
  return Error(ErrorKind::kUnreached, "{}", ReasonOf(code));
}

}  // namespace

TcpStream::TcpStream(Socket socket) : socket_(std::move(socket)) {
  // A socket whose other side has left already refuses these; reading and writing will tell.
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
}

aw<Result<std::size_t>> TcpStream::ReadSome(std::span<char> into) {
  error_code code;
  const std::size_t count = co_await socket_.async_read_some(asio::buffer(into.data(), into.size()),
                                                             asio::redirect_error(kUseAw, code));
  if (code == asio::error::eof) co_return std::size_t{0};
  if (code) co_return Broken(code);
  co_return count;
}

aw<Result<void>> TcpStream::Write(std::string_view head, std::string_view body) {
  for (;;) {
    // Nearly always the socket takes everything at once: no wait, no way through the loop.
    const std::array<asio::const_buffer, 2> both = {asio::buffer(head), asio::buffer(body)};
    error_code code;
    std::size_t done = socket_.write_some(both, code);
    if (code && code != asio::error::would_block) co_return Broken(code);
    const std::size_t of_head = std::min(done, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(done - of_head);
    if (head.empty() && body.empty()) co_return Result<void>();
    co_await socket_.async_wait(Socket::wait_write, asio::redirect_error(kUseAw, code));
    if (code) co_return Broken(code);
  }
}

void TcpStream::FinishWriting() {
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

void TcpStream::Close() {
  error_code ignored;
  socket_.close(ignored);
}

bool TcpStream::IsStale() {
  return HasEndedOrSpoken(socket_.native_handle());
}

bool HasEndedOrSpoken(int socket) {
  char byte = 0;
  const ssize_t got = recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

std::string ReasonOf(const error_code& code) {
  if (code.category() == boost::system::system_category()) return SystemReason(code.value());
  if (code == asio::error::host_not_found || code == asio::error::no_data) return "host not found";
  if (code == asio::error::host_not_found_try_again) return "the name server does not answer";
  if (code == asio::error::eof) return "the other side closed the connection";
  return code.message();
}

}  // namespace trunkline::net
