// The characters of a mapping template, and what they say without a look at their neighbours.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/result.h"

namespace trunkline::cloud::execute_api {

class TemplateScanner {
 public:
  explicit TemplateScanner(std::string_view text) : text_(text) {}

 protected:
  static bool IsLetter(char c);
  static bool IsNameCharacter(char c);

  template <class... Args>
  Error Wrong(fmt::format_string<Args...> text, Args&&... args) const {
    return WrongAt(fmt::format(text, std::forward<Args>(args)...));
  }

  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool AtEnd() const { return at_ >= text_.size(); }
  bool Follows(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  bool Take(std::string_view what);
  char TakeOne() { return text_[at_++]; }
  void Skip(std::size_t count) { at_ += count; }
  void Blanks();
  std::string Name();
  // Velocity takes the rest of a directive's line when nothing else is on it.
  void RestOfLine();

  bool StartsReference() const;
  // "#if" and "#{if}": its name, or nothing.
  std::string_view Directive() const;
  void TakeDirective(std::string_view name);
  bool Comment();

  std::size_t at() const { return at_; }
  void GoTo(std::size_t at) { at_ = std::min(at, text_.size()); }
  std::string_view Since(std::size_t first) const { return text_.substr(first, at_ - first); }

 private:
  Error WrongAt(const std::string& what) const;

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace trunkline::cloud::execute_api
