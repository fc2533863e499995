#include "flow/lint/markup.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::string_view kTags[] = {"speak",
                                      "break",
                                      "lang",
                                      "mark",
                                      "p",
                                      "phoneme",
                                      "prosody",
                                      "s",
                                      "say-as",
                                      "sub",
                                      "w",
                                      "emphasis",
                                      "audio",
                                      "amazon:effect",
                                      "amazon:domain",
                                      "amazon:emotion",
                                      "amazon:auto-breaths",
                                      "amazon:breath"};

bool IsNameCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == ':' ||
         c == '.';
}

// One pass, with the tags that are open. Stops at the first problem.
class MarkupReader {
 public:
  explicit MarkupReader(std::string_view text) : text_(Trim(text)) {
    const bool has_prolog = text_.starts_with("<?") || text_.starts_with("<!--");
    problem_.no_root = !has_prolog && !text_.starts_with("<speak");
    if (problem_.no_root) open_.emplace_back("speak");
  }

  MarkupProblem Read() {
    while (at_ < text_.size() && problem_.broken.empty()) {
      if (text_[at_] == '<') {
        ReadTag();
      } else {
        ReadText();
      }
    }
    if (problem_.no_root && open_.size() == 1) open_.clear();
    if (problem_.broken.empty() && !open_.empty())
      problem_.broken = fmt::format("'</{}>' is missing", open_.back());
    return std::move(problem_);
  }

 private:
  void ReadText() {
    if (text_[at_] == '&' && !IsEntity()) {
      problem_.broken = "a bare '&': write '&amp;'";
      return;
    }
    const bool blank = std::isspace(static_cast<unsigned char>(text_[at_])) != 0;
    if (open_.empty() && !blank) problem_.broken = "text outside of '<speak>'";
    ++at_;
  }

  bool IsEntity() const {
    constexpr std::size_t kLongest = 10;  // "&#x10FFFF;"
    const std::size_t end = text_.find(';', at_);
    if (end == std::string_view::npos || end == at_ + 1 || end - at_ > kLongest) return false;
    return std::ranges::all_of(text_.substr(at_ + 1, end - at_ - 1), [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '#';
    });
  }

  bool SkipTo(std::string_view begin, std::string_view end) {
    if (!text_.substr(at_).starts_with(begin)) return false;
    const std::size_t found = text_.find(end, at_ + begin.size());
    at_ = found == std::string_view::npos ? text_.size() : found + end.size();
    return true;
  }

  void ReadTag() {
    if (SkipTo("<!--", "-->") || SkipTo("<?", "?>")) return;
    ++at_;
    const bool closes = at_ < text_.size() && text_[at_] == '/';
    if (closes) ++at_;
    const std::string name = ReadName();
    if (name.empty()) {
      problem_.broken = "a bare '<': write '&lt;'";
      return;
    }
    if (!SkipAttributes(name)) return;
    const bool empty = text_[at_ - 1] == '/';
    ++at_;
    if (closes) {
      Close(name);
    } else {
      Open(name, empty);
    }
  }

  std::string ReadName() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && IsNameCharacter(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  // To the '>' of the tag, over quoted values.
  bool SkipAttributes(const std::string& name) {
    char quote = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return true;
      } else if (c == '<') {
        break;
      }
    }
    problem_.broken = fmt::format("the tag '<{}' does not end", name);
    return false;
  }

  void Open(const std::string& name, bool empty) {
    if (open_.empty() && (has_root_ || name != "speak")) {
      problem_.broken = fmt::format("'<{}>' outside of '<speak>'", name);
      return;
    }
    has_root_ = true;
    if (problem_.unknown_tag.empty() && std::ranges::find(kTags, name) == std::end(kTags))
      problem_.unknown_tag = name;
    if (!empty) open_.push_back(name);
  }

  void Close(const std::string& name) {
    if (open_.empty() || open_.back() != name) {
      problem_.broken = open_.empty()
                            ? fmt::format("'</{}>' closes nothing", name)
                            : fmt::format("'</{}>' where '</{}>' was expected", name, open_.back());
      return;
    }
    open_.pop_back();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  bool has_root_ = false;
  MarkupProblem problem_;
};

}  // namespace

MarkupProblem CheckMarkup(std::string_view text) {
  return MarkupReader(text).Read();
}

}  // namespace trunkline::flow::lint
