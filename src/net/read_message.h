// Bytes -> HTTP messages, piece by piece, without I/O. Beast's parser does the reading; it is
// hidden in the .cpp, because what includes it takes seconds to compile.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "net/http.h"

namespace trunkline::net {

struct MessageLimits {
  std::uint64_t max_body = 0;
  std::uint32_t max_header = 0;
};

enum class Progress {
  kMore,    // the message goes on
  kDone,    // it is complete; bytes behind it were not taken
  kBroken,  // it is not HTTP or exceeds a limit; the stream cannot be used any more
};

class RequestReader {
 public:
  explicit RequestReader(MessageLimits limits);
  ~RequestReader();

  void Begin();                             // forgets the last message
  std::size_t Put(std::string_view bytes);  // how many of them it took
  Progress progress() const;
  bool started() const;
  bool header_done() const;
  bool wants_continue() const;  // "Expect: 100-continue", once the header is done
  bool keep_alive() const;
  bool is_http_1_0() const;
  std::uint64_t body_left() const;  // as far as it is known

  // When broken: the status to answer with, and one sentence.
  int problem_status() const;
  const std::string& problem() const;

  Request Take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class ResponseReader {
 public:
  explicit ResponseReader(MessageLimits limits);
  ~ResponseReader();

  void Begin(bool answers_head);
  std::size_t Put(std::string_view bytes);
  void PutEnd();  // the stream has ended: completes an answer without a length, breaks every other
  Progress progress() const;
  bool started() const;
  int status() const;
  bool keep_alive() const;
  std::uint64_t body_left() const;
  const std::string& problem() const;
  Response Take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace trunkline::net
