// A ByteStream on a TCP socket, and connecting one.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "net/stream.h"

namespace trunkline::net {

using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;

class TcpStream final : public ByteStream {
 public:
  explicit TcpStream(Socket socket);  // sets TCP_NODELAY: answers wait for nobody
  aw<Result<std::size_t>> ReadSome(std::span<char> into) override;
  aw<Result<void>> Write(std::string_view head, std::string_view body) override;
  void FinishWriting() override;
  void Close() override;
  bool IsStale() override;

  Socket& socket() { return socket_; }

 private:
  Socket socket_;
};

// Whether a socket at rest has something to tell: its end, an error, or bytes nobody asked for.
bool HasEndedOrSpoken(int socket);
// What a failed operation of Asio says, as base/error.h wants it: "connection refused", "host not
// found".
std::string ReasonOf(const boost::system::error_code& code);

}  // namespace trunkline::net
