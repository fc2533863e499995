// Reading what a child process writes.
//
// Bytes are read where they are taken, and never by Asio: a read that Asio has done waits in its
// queue, and whoever empties the pipe meanwhile, because the child has ended or answered, would
// miss those bytes or get them in a wrong order.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include "net/async.h"

namespace trunkline::cloud {

using Pipe = net::asio::posix::basic_stream_descriptor<net::Executor>;
using TakeBytes = std::function<void(std::string_view bytes)>;

// Takes a descriptor over, non-blocking. False: Asio cannot watch it; then it is closed.
bool Adopt(Pipe& pipe, int descriptor);

// Gives what is there, but no more than a pipe holds (64 KB): what a child wrote before it ended is
// given at once, and what writes without end does not keep the loop from others. False: the pipe
// has ended or is closed.
bool ReadWhatIsThere(Pipe& pipe, const TakeBytes& take);

// Gives all that comes until the pipe ends or is closed, and closes it. `owner` keeps the pipe.
net::aw<void> ReadToEnd(std::shared_ptr<void> owner, Pipe& pipe, TakeBytes take);

}  // namespace trunkline::cloud
