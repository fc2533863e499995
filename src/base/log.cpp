#include "base/log.h"

#include <cerrno>

#include <unistd.h>

namespace trunkline {
namespace {

std::string_view Prefix(Log::Level level) {
  switch (level) {
    case Log::Level::kDebug:
      return "debug: ";
    case Log::Level::kInfo:
      return "";
    case Log::Level::kWarning:
      return "warning: ";
    case Log::Level::kError:
      return "error: ";
  }
  return "";
}

}  // namespace

void DescriptorLog::Line(Level level, std::string_view text) {
  if (level < least_) return;
  const std::string line = fmt::format("{}{}\n", Prefix(level), text);
  // One write a line, so that lines of threads and children do not mix. A log that cannot be
  // written is no reason to stop working.
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t done = write(descriptor_, rest.data(), rest.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(done));
  }
}

}  // namespace trunkline
