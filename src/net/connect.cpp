#include "net/connect.h"

#include <vector>

#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/redirect_error.hpp>

#include "net/deadline.h"
#include "net/tls_stream.h"

namespace trunkline::net {
namespace {

using asio::ip::tcp;
using boost::system::error_code;
using Resolver = asio::ip::basic_resolver<tcp, Executor>;

class Connecting {
 public:
  Connecting(Loop& loop, Url url)
      : loop_(loop),
        url_(std::move(url)),
        origin_(url_.scheme + "://" + url_.Authority()),
        resolver_(loop),
        socket_(loop) {
    if (url_.host.starts_with('[')) url_.host = url_.host.substr(1, url_.host.size() - 2);
  }

  aw<Result<std::unique_ptr<ByteStream>>> Run(TlsContext* tls, Milliseconds limit) {
    Deadline deadline(loop_, [this] { GiveUp(); });
    deadline.Set(limit);
    Result<std::unique_ptr<ByteStream>> stream = co_await Reach(tls);
    if (stream.ok()) co_return stream;
    const std::string reason = deadline.expired() ? "no connection within " + ToDurationText(limit)
                                                  : stream.error().message();
    co_return Error(ErrorKind::kUnreached, "cannot reach '{}': {}", origin_, reason);
  }

 private:
  aw<Result<std::unique_ptr<ByteStream>>> Reach(TlsContext* tls) {
    TL_CO_TRY(const std::vector<tcp::endpoint> endpoints, co_await Resolve());
    TL_CO_DO(co_await Connect(endpoints));
    if (tls == nullptr) co_return std::unique_ptr<ByteStream>(new TcpStream(std::move(socket_)));
    std::unique_ptr<TlsStream> secure = tls->Wrap(std::move(socket_), url_.host);
    secure_ = secure.get();
    const Result<void> shaken = co_await secure->Handshake();
    secure_ = nullptr;
    if (!shaken.ok()) co_return shaken.error();
    co_return std::unique_ptr<ByteStream>(std::move(secure));
  }

  aw<Result<std::vector<tcp::endpoint>>> Resolve() {
    std::vector<tcp::endpoint> endpoints;
    error_code code;
    const asio::ip::address address = asio::ip::make_address(url_.host, code);
    if (!code) {  // needs no resolver, which would start a thread
      endpoints.emplace_back(address, url_.port);
      co_return endpoints;
    }
    const auto found = co_await resolver_.async_resolve(url_.host, std::to_string(url_.port),
                                                        asio::redirect_error(kUseAw, code));
    if (code) co_return Error(ErrorKind::kUnreached, "{}", ReasonOf(code));
    for (const auto& entry : found) endpoints.push_back(entry.endpoint());
    co_return endpoints;
  }

  aw<Result<void>> Connect(std::vector<tcp::endpoint> endpoints) {
    error_code code = asio::error::host_not_found;
    for (const tcp::endpoint& endpoint : endpoints) {
      error_code ignored;
      socket_.close(ignored);
      co_await socket_.async_connect(endpoint, asio::redirect_error(kUseAw, code));
      if (!code) co_return Result<void>();
      if (gave_up_) break;
    }
    co_return Error(ErrorKind::kUnreached, "{}", ReasonOf(code));
  }

  void GiveUp() {
    gave_up_ = true;
    error_code ignored;
    resolver_.cancel();
    socket_.close(ignored);
    if (secure_ != nullptr) secure_->Close();
  }

  Loop& loop_;
  Url url_;
  std::string origin_;
  Resolver resolver_;
  Socket socket_;
  TlsStream* secure_ = nullptr;  // while it shakes hands
  bool gave_up_ = false;
};

}  // namespace

aw<Result<std::unique_ptr<ByteStream>>> ConnectTo(Loop& loop, Url url, TlsContext* tls,
                                                  Milliseconds limit) {
  Connecting connecting(loop, std::move(url));
  co_return co_await connecting.Run(tls, limit);
}

}  // namespace trunkline::net
