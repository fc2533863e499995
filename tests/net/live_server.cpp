#include "tests/net/live_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"

namespace trunkline::net {

RawConnection::RawConnection(std::uint16_t port)
    : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  SetOptions();
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
}

std::unique_ptr<RawConnection> RawConnection::OfSocket(int socket) {
  std::unique_ptr<RawConnection> connection(new RawConnection());
  connection->socket_ = socket;
  connection->SetOptions();
  return connection;
}

void RawConnection::SetOptions() {
  const timeval limit{.tv_sec = 10, .tv_usec = 0};
  const int on = 1;
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

RawConnection::~RawConnection() {
  close(socket_);
}

bool RawConnection::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

bool RawConnection::ReadMore() {
  char buffer[16384];
  const ssize_t got = recv(socket_, buffer, sizeof(buffer), 0);
  EXPECT_FALSE(got < 0 && errno == EAGAIN) << "no answer within ten seconds";
  if (got <= 0) return false;
  input_.append(buffer, static_cast<std::size_t>(got));
  return true;
}

std::string RawConnection::TakeFromInput(std::size_t count) {
  while (input_.size() < count && ReadMore()) {
  }
  std::string taken = input_.substr(0, count);
  input_.erase(0, taken.size());
  return taken;
}

std::string RawConnection::ReceiveHead() {
  while (input_.find("\r\n\r\n") == std::string::npos && ReadMore()) {
  }
  const std::size_t end = input_.find("\r\n\r\n");
  return TakeFromInput(end == std::string::npos ? input_.size() : end + 4);
}

std::string RawConnection::Receive() {
  std::string answer = ReceiveHead();
  constexpr std::string_view kLength = "Content-Length: ";
  const std::size_t at = answer.find(kLength);
  if (at == std::string::npos) return answer;
  const std::size_t begin = at + kLength.size();
  const auto length = ToInt(answer.substr(begin, answer.find('\r', begin) - begin));
  return answer + TakeFromInput(static_cast<std::size_t>(length.value_or(0)));
}

std::string RawConnection::ReceiveRest() {
  while (ReadMore()) {
  }
  return std::exchange(input_, "");
}

void RawConnection::FinishSending() {
  shutdown(socket_, SHUT_WR);
}

LiveServer::LiveServer(ServerOptions options, Handler handler) {
  options.timers = &timers_;
  thread_.Do(
      [&] { server_ = Server::Listen(thread_.loop(), options, std::move(handler), log_).value(); });
  port_ = server_->port();
}

LiveServer::~LiveServer() {
  // Ends even those that wait for a caller who does not leave.
  thread_.Do([this] { server_->Stop(); });
  for (int i = 0; i < 100; ++i) PassSeconds(1);
  thread_.Join();
}

void LiveServer::PassSeconds(int seconds) {
  for (int i = 0; i < seconds; ++i) {
    thread_.Do([this] { timers_.Advance(Milliseconds(1000)); });
    thread_.Do([] {});  // what was woken has run
  }
}

}  // namespace trunkline::net
