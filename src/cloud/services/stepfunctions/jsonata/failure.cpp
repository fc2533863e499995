#include "cloud/services/stepfunctions/jsonata/failure.h"

#include <algorithm>

#include "base/json_write.h"
#include "cloud/services/stepfunctions/jsonata/failure_texts.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {

struct Failure::Data {
  std::string code;
  std::string text;
  std::optional<std::size_t> position;
  std::optional<std::string> token;
  std::vector<std::pair<std::string, std::string>> holes;

  std::string Hole(std::string_view name, bool bare) const {
    for (const auto& [hole, shown] : holes) {
      if (hole == name) return shown;
    }
    if (name == "token" && token) return bare ? *token : json::Quote(*token);
    return "undefined";
  }
};

void Failure::Delete::operator()(Data* data) const {
  delete data;
}

Failure::Failure() : data_(new Data) {}

Failure::Failure(std::string_view code) : Failure() {
  data_->code = code;
}

Failure Failure::Limit(std::string_view text) {
  Failure failure;
  failure.data_->text = text;
  return failure;
}

Failure Failure::With(std::string_view hole, std::string shown) && {
  data_->holes.emplace_back(std::string(hole), std::move(shown));
  return std::move(*this);
}

Failure Failure::At(std::size_t position) && {
  if (!data_->position) data_->position = position;
  return std::move(*this);
}

Failure Failure::Naming(std::string_view name) && {
  if (!data_->token) data_->token = std::string(name);
  return std::move(*this);
}

void Failure::SetPosition(std::size_t position) {
  data_->position = position;
}
void Failure::SetToken(std::string_view token) {
  data_->token = std::string(token);
}
bool Failure::has_position() const {
  return data_->position.has_value();
}
bool Failure::has_token() const {
  return data_->token.has_value();
}
bool Failure::has_code() const {
  return !data_->code.empty();
}

Error Failure::ToError(std::string_view source) const {
  std::string text = data_->text;
  std::string_view form = TextOf(data_->code);
  while (!form.empty()) {
    const std::size_t open = form.find('{');
    text.append(form.substr(0, open));
    if (open == std::string_view::npos) break;
    const std::size_t close = form.find('}', open);
    std::string_view hole = form.substr(open + 1, close - open - 1);
    const bool bare = hole.starts_with('!');
    if (bare) hole.remove_prefix(1);
    text += data_->Hole(hole, bare);
    form.remove_prefix(close + 1);
  }
  Error error = Error(ErrorKind::kInvalid, "{}", text).WithCode(data_->code);
  if (!data_->position) return error;
  const std::size_t at = std::min(*data_->position, source.size());
  return std::move(error).While("at position {}", Utf16Length(source.substr(0, at)));
}

Failure MemoryExceeded() {
  return Failure::Limit(
      "Expression evaluation memory limit exceeded: Check for excessive memory usage");
}
Failure TimeExceeded() {
  return Failure::Limit("Expression evaluation timeout: Check for infinite loop");
}
Failure StackExceeded() {
  return Failure::Limit(
      "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as "
      "tail-recursive.");
}

}  // namespace trunkline::cloud::jsonata
