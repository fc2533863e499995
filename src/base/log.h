// Diagnostics for the person who runs the program: lines on stderr, or collected in tests. Never
// secrets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace trunkline {

class Log {
 public:
  enum class Level { kDebug, kInfo, kWarning, kError };
  virtual ~Log() = default;
  virtual void Line(Level level, std::string_view text) = 0;

  template <class... Args>
  void Info(fmt::format_string<Args...> text, Args&&... args) {
    Line(Level::kInfo, fmt::format(text, std::forward<Args>(args)...));
  }
  template <class... Args>
  void Warn(fmt::format_string<Args...> text, Args&&... args) {
    Line(Level::kWarning, fmt::format(text, std::forward<Args>(args)...));
  }
  template <class... Args>
  void Debug(fmt::format_string<Args...> text, Args&&... args) {
    Line(Level::kDebug, fmt::format(text, std::forward<Args>(args)...));
  }
};

// To a file descriptor (2 is stderr); lines below `least` are dropped.
class DescriptorLog final : public Log {
 public:
  explicit DescriptorLog(Level least, int descriptor = 2)
      : least_(least), descriptor_(descriptor) {}
  void Line(Level level, std::string_view text) override;

 private:
  Level least_;
  int descriptor_;
};

class MemoryLog final : public Log {
 public:
  void Line(Level level, std::string_view text) override {
    lines_.emplace_back(text);
    (void)level;
  }
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

}  // namespace trunkline
