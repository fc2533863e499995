#include "cli/terminal.h"

#include <array>
#include <cerrno>
#include <iostream>

#include <fcntl.h>
#include <unistd.h>

namespace trunkline::cli {

void FillStandardDescriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1) continue;
    // The lowest free number is given, which is this one. Opened the wrong way round, so that using
    // it is refused as it would have been.
    if (::open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY) != descriptor) return;
  }
}

void DescriptorOutput::Write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const int code = written < 0 ? errno : EIO;
      if (code != EPIPE) failure_ = code;  // a pipe nobody reads any more: nobody misses it
      return;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

bool DescriptorOutput::IsTerminal() const {
  return ::isatty(descriptor_) == 1;
}

bool StandardInput::ReadLine(std::string& line) {
  return static_cast<bool>(std::getline(std::cin, line));
}
bool StandardInput::IsTerminal() const {
  return ::isatty(0) == 1;
}

std::string OwnPath(const char* argv0) {
  std::array<char, 4096> buffer{};
  const ssize_t length = ::readlink("/proc/self/exe", buffer.data(), buffer.size());
  return length > 0 ? std::string(buffer.data(), static_cast<std::size_t>(length))
                    : std::string(argv0);
}

}  // namespace trunkline::cli
