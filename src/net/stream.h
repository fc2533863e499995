// ByteStream: a connection as HTTP sees it, whatever is below (TCP, TLS).
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "net/async.h"

namespace trunkline::net {

// Belongs to the loop's thread; one reader and one writer at a time. Errors are kUnreached, with
// the reason alone
// ("connection reset by peer"): who calls knows the address.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Waits for bytes; how many came, 0 at the end of the stream.
  virtual aw<Result<std::size_t>> ReadSome(std::span<char> into) = 0;
  // Writes all of both, in one packet if it can be. They must outlive the wait.
  virtual aw<Result<void>> Write(std::string_view head, std::string_view body) = 0;
  // Tells the other side that nothing more comes; reading goes on.
  virtual void FinishWriting() = 0;
  // At once, without farewell; who waits on the stream gets an error.
  virtual void Close() = 0;
  // Whether a stream nobody waits on is of no more use: the other side has closed it, or sent what
  // nobody asked for.
  virtual bool IsStale() = 0;
};

}  // namespace trunkline::net
