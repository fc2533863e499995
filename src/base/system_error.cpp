#include "base/system_error.h"

#include <cerrno>
#include <system_error>

namespace trunkline {

std::string SystemReason(int code) {
  std::string reason = std::system_category().message(code);
  // "Permission denied" becomes part of a sentence; an abbreviation ("RPC ...") stays.
  const bool word = reason.size() > 1 && reason[1] >= 'a' && reason[1] <= 'z';
  if (word && reason[0] >= 'A' && reason[0] <= 'Z') {
    reason[0] = static_cast<char>(reason[0] + ('a' - 'A'));
  }
  return reason;
}

ErrorKind SystemErrorKind(int code) {
  switch (code) {
    case ENOENT:
      return ErrorKind::kNotFound;
    case EACCES:
    case EPERM:
    case EROFS:
      return ErrorKind::kDenied;
    case EEXIST:
    case EADDRINUSE:
    case EBUSY:
    case ETXTBSY:
      return ErrorKind::kConflict;
    case EISDIR:
    case ENOTDIR:
    case ENAMETOOLONG:
    case ELOOP:
    case EINVAL:
      return ErrorKind::kInvalid;
    default:
      return ErrorKind::kUnreached;
  }
}

}  // namespace trunkline
