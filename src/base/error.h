// Error: why an expected operation could not be done, in words a user can act on.
//
// An Error carries a kind (what callers branch on), one sentence (what people read) and the steps
// that led to it. A bug is not an Error: it is a failed assertion or a std::logic_error.
// The sentence is lower case without a full stop, with quotes around what the user wrote.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace trunkline {

enum class ErrorKind {
  kInvalid,    // the input is wrong; the same call can never work
  kNotFound,   // what was named does not exist
  kConflict,   // it exists already, or is in use
  kDenied,     // no permission
  kThrottled,  // too many calls; later it may work
  kUnreached,  // the other side did not answer, or the machine refused (disk full, port in use)
};

class [[nodiscard]] Error {
 public:
  template <class... Args>
  Error(ErrorKind kind, fmt::format_string<Args...> text, Args&&... args)
      : kind_(kind), message_(fmt::format(text, std::forward<Args>(args)...)) {}
  // Not inline: whoever calls what may fail has them.
  Error(const Error& other);
  Error(Error&& other) noexcept;
  Error& operator=(const Error& other);
  Error& operator=(Error&& other) noexcept;
  ~Error();

  ErrorKind kind() const { return kind_; }
  const std::string& message() const { return message_; }
  // What the program was doing, innermost first, each without "while".
  const std::vector<std::string>& steps() const { return steps_; }

  // Adds "while <step>"; called on the way up, where the context is known.
  template <class... Args>
  Error While(fmt::format_string<Args...> text, Args&&... args) && {
    steps_.push_back(fmt::format(text, std::forward<Args>(args)...));
    return std::move(*this);
  }

  // A code of the other side ("ThrottlingException"), empty if there is none.
  const std::string& code() const { return code_; }
  Error WithCode(std::string_view code) && {
    code_ = code;
    return std::move(*this);
  }

  // "error: <message>" and a line "  while <step>" for each step; no newline at the end.
  std::string ToText() const;

 private:
  ErrorKind kind_;
  std::string message_;
  std::string code_;
  std::vector<std::string> steps_;
};

std::string_view ToText(ErrorKind kind);

}  // namespace trunkline
