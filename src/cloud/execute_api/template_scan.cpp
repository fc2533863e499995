#include "cloud/execute_api/template_scan.h"

#include <array>
#include <cctype>

namespace trunkline::cloud::execute_api {

bool TemplateScanner::IsLetter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool TemplateScanner::IsNameCharacter(char c) {
  return IsLetter(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-';
}

Error TemplateScanner::WrongAt(const std::string& what) const {
  const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<long>(at_), '\n');
  return Error(ErrorKind::kInvalid, "{}, in line {}", what, line);
}

bool TemplateScanner::Take(std::string_view what) {
  if (!Follows(what)) return false;
  at_ += what.size();
  return true;
}

void TemplateScanner::Blanks() {
  while (std::isspace(static_cast<unsigned char>(Peek())) != 0) ++at_;
}

std::string TemplateScanner::Name() {
  const std::size_t first = at_;
  while (IsNameCharacter(Peek())) ++at_;
  return std::string(Since(first));
}

void TemplateScanner::RestOfLine() {
  std::size_t end = at_;
  while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t')) ++end;
  if (end < text_.size() && text_[end] == '\r') ++end;
  if (end < text_.size() && text_[end] == '\n') at_ = end + 1;
}

bool TemplateScanner::StartsReference() const {
  if (Peek() != '$') return false;
  std::size_t ahead = 1;
  if (Peek(ahead) == '!') ++ahead;
  if (Peek(ahead) == '{') ++ahead;
  return IsLetter(Peek(ahead));
}

std::string_view TemplateScanner::Directive() const {
  constexpr std::array<std::string_view, 12> kNames = {"elseif", "else",     "end",    "set",
                                                       "if",     "foreach",  "break",  "stop",
                                                       "macro",  "evaluate", "define", "include"};
  std::string_view rest = text_.substr(at_);
  if (!rest.starts_with('#')) return {};
  rest.remove_prefix(1);
  if (rest.starts_with('{')) rest.remove_prefix(1);
  for (const std::string_view name : kNames) {
    if (rest.starts_with(name) &&
        (rest.size() == name.size() || !IsNameCharacter(rest[name.size()])))
      return name;
  }
  return rest.starts_with("parse(") ? std::string_view("parse") : std::string_view();
}

void TemplateScanner::TakeDirective(std::string_view name) {
  const bool braces = Peek(1) == '{';
  at_ += name.size() + (braces ? 3 : 1);
}

bool TemplateScanner::Comment() {
  if (Take("##")) {
    while (at_ < text_.size() && Peek() != '\n') ++at_;
    if (Peek() == '\n') ++at_;
    return true;
  }
  if (!Take("#*")) return false;
  const std::size_t end = text_.find("*#", at_);
  at_ = end == std::string_view::npos ? text_.size() : end + 2;
  return true;
}

}  // namespace trunkline::cloud::execute_api
