#include "cloud/pipes.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <boost/asio/as_tuple.hpp>
#include <fcntl.h>
#include <unistd.h>

namespace trunkline::cloud {
namespace {

constexpr std::size_t kCapacity = 64U << 10U;  // pipe(7)

}  // namespace

bool Adopt(Pipe& pipe, int descriptor) {
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
  boost::system::error_code error;
  pipe.assign(descriptor, error);
  if (error) ::close(descriptor);
  return !error;
}

bool ReadWhatIsThere(Pipe& pipe, const TakeBytes& take) {
  std::array<char, 16384> buffer{};
  for (std::size_t left = kCapacity; left > 0 && pipe.is_open();) {
    const ssize_t got = ::read(pipe.native_handle(), buffer.data(), std::min(left, buffer.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return true;
    if (got <= 0) return false;
    left -= static_cast<std::size_t>(got);
    take({buffer.data(), static_cast<std::size_t>(got)});
  }
  return pipe.is_open();
}

net::aw<void> ReadToEnd(std::shared_ptr<void> /*owner*/, Pipe& pipe, TakeBytes take) {
  for (;;) {
    auto [error] = co_await pipe.async_wait(Pipe::wait_read, net::asio::as_tuple(net::kUseAw));
    if (error || !ReadWhatIsThere(pipe, take)) break;
  }
  boost::system::error_code ignored;
  pipe.close(ignored);
}

}  // namespace trunkline::cloud
