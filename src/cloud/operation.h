// Operation: one row of a service's table, and what its handler gets.
//
// A *state* operation is a plain synchronous function: it runs on the loop thread inside one store
// transaction and never waits. A *waits* operation is a coroutine (Invoke, bot code hooks): it
// touches state only through WaitContext (cloud/wait.h) and holds nothing while it waits. The
// gateway has decoded the input and checked it against the model row before either runs; absent
// members are absent.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::net {
struct Request;
}

namespace trunkline::cloud {

// An answer of the wire's own kind. `code` must stand in the operation's model row, or be one of
// the protocol's common errors.
struct ServiceError {
  std::string code;
  std::string message;
  json::Object members;  // such as InvalidContactFlowException's problems
  int status = 0;        // 0: as the model row says (400 if it says nothing)

  // Not inline, nor are its copies and its end: every handler makes dozens, and each cost compile
  // time.
  ServiceError(std::string_view error_code, std::string_view text);
  ServiceError(std::string_view error_code, std::string_view text, json::Object more);
  // What goes wrong below a handler (disk full, a bug in a table) is the service's fault, not the
  // caller's.
  ServiceError(const Error& error);  // NOLINT(google-explicit-constructor)
  ServiceError(const ServiceError& other);
  ServiceError(ServiceError&& other) noexcept;
  ServiceError& operator=(const ServiceError& other);
  ServiceError& operator=(ServiceError&& other) noexcept;
  ~ServiceError();

  ServiceError WithStatus(int http_status) && {
    status = http_status;
    return std::move(*this);
  }
};

template <class T = json::Object>
using Answer = Result<T, ServiceError>;

struct Context;      // cloud/context.h
struct WaitHandler;  // cloud/wait.h: includes coroutines; only files that wait include it

using StateHandler = Answer<> (*)(Context&, const json::Object& input);

struct Operation {
  std::string_view name;
  StateHandler handle = nullptr;
  const WaitHandler* wait = nullptr;  // exactly one of the two
};

// The operations of one family, in one file: a table at its end.
using Family = std::span<const Operation>;

// Alphabetical, no name twice, exactly one handler each: static_assert(InOrder(kOperations)) under
// every table.
template <std::size_t N>
constexpr bool InOrder(const Operation (&rows)[N]) {
  for (std::size_t i = 0; i < N; ++i) {
    if (i > 0 && !(rows[i - 1].name < rows[i].name)) return false;
    if ((rows[i].handle == nullptr) == (rows[i].wait == nullptr)) return false;
  }
  return true;
}

// A service: its model's name and its tables (one per family of operations). Families are pointers
// because the tables of other files are constants only to the linker:
//
//   extern constinit const Family kQueueOperations;            // in connect/families.h, defined in
//   connect/queues.cpp constexpr const Family* kFamilies[] = {&kFlowOperations, &kQueueOperations};
//   constinit const Service kConnectService{.model = "connect", .families = kFamilies};
struct Service {
  std::string_view model;
  std::span<const Family* const> families;
  // Changes a request after its signature was checked and before it is decoded: S3 takes
  // aws-chunked bodies apart.
  Answer<void> (*prepare)(net::Request& request) = nullptr;
  // The target to route and decode by, where it is not the one that was signed: S3's bucket names
  // in the host.
  std::optional<std::string> (*target)(const net::Request& request) = nullptr;
};

}  // namespace trunkline::cloud
