// What nearly every file of a floor with network includes. Only the build reads this. What few files use (sockets, timers)
// stays out: its templates would be instantiated again in each of them.
#pragma once

#include <pch.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
