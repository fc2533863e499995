#include "base/error.h"

namespace trunkline {

Error::Error(const Error& other) = default;
Error::Error(Error&& other) noexcept = default;
Error& Error::operator=(const Error& other) = default;
Error& Error::operator=(Error&& other) noexcept = default;
Error::~Error() = default;

std::string Error::ToText() const {
  std::string text = "error: " + message_;
  for (const std::string& step : steps_) text += "\n  while " + step;
  return text;
}

std::string_view ToText(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalid:
      return "invalid";
    case ErrorKind::kNotFound:
      return "not found";
    case ErrorKind::kConflict:
      return "conflict";
    case ErrorKind::kDenied:
      return "denied";
    case ErrorKind::kThrottled:
      return "throttled";
    case ErrorKind::kUnreached:
      return "unreached";
  }
  return "unknown";
}

}  // namespace trunkline
