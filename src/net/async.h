// The one coroutine type of the program: aw<T>, bound to io_context's executor (half the code of
// any_io_executor).
//
// Two rules that g++ 12 forces on us: parameters by value, and no aggregate temporary in the same
// expression as co_await (name it first, then move it).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace trunkline::net {

namespace asio = boost::asio;
using Loop = asio::io_context;
using Executor = Loop::executor_type;
template <class T>
using aw = asio::awaitable<T, Executor>;
using UseAw = asio::use_awaitable_t<Executor>;
inline constexpr UseAw kUseAw{};

}  // namespace trunkline::net
