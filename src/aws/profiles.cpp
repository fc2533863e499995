#include "aws/credentials.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

std::string PathOf(const Environment& environment, std::string_view variable,
                   std::string_view name) {
  const std::string home = environment.GetOr("HOME", "");
  const std::string path = environment.GetOr(variable, "~/.aws/" + std::string(name));
  return path.starts_with("~/") ? home + path.substr(1) : path;
}

// "[profile x]" of the config file and "[x]" of the credentials file are the same.
std::string SectionName(std::string_view header) {
  constexpr std::string_view kProfile = "profile ";
  std::string_view name = Trim(header);
  if (name.starts_with(kProfile)) name = Trim(name.substr(kProfile.size()));
  return std::string(name);
}

std::string_view WithoutComment(std::string_view value) {
  for (const std::string_view mark : {" #", " ;", "\t#", "\t;"})
    value = value.substr(0, value.find(mark));
  return Trim(value);
}

class IniReader {
 public:
  IniReader(const std::string& path, Profiles& profiles) : path_(path), profiles_(profiles) {}

  Result<void> Read(std::string_view text) {
    for (const std::string_view line : Split(text, '\n')) {
      ++number_;
      TL_DO(Line(line));
    }
    return {};
  }

 private:
  Error Bad(std::string_view expected, std::string_view got) const {
    return Error(ErrorKind::kInvalid, "{}:{}: expected {} but got '{}'", path_, number_, expected,
                 got);
  }

  Result<void> Line(std::string_view line) {
    const std::string_view text = Trim(line);
    if (text.empty() || text.front() == '#' || text.front() == ';') return {};
    if (text.front() == '[') {
      const std::size_t end = text.find(']');
      if (end == std::string_view::npos) return Bad("a section like '[name]'", text);
      section_ = &profiles_[SectionName(text.substr(1, end - 1))];
      parent_.clear();
      return {};
    }
    const std::size_t equals = text.find('=');
    if (section_ == nullptr) return Bad("a section like '[default]' first", text);
    if (equals == std::string_view::npos) return Bad("'name = value'", text);
    const std::string key(Trim(text.substr(0, equals)));
    const std::string value(WithoutComment(text.substr(equals + 1)));
    const bool nested = line.front() == ' ' || line.front() == '\t';
    if (nested && !parent_.empty()) {
      (*section_)[parent_ + "." + key] = value;
    } else {
      parent_ = value.empty() ? key : "";
      (*section_)[key] = value;
    }
    return {};
  }

  const std::string& path_;
  Profiles& profiles_;
  std::map<std::string, std::string>* section_ = nullptr;
  std::string parent_;  // a setting without a value: indented lines below belong to it
  int number_ = 0;
};

}  // namespace

Result<Profiles> ReadProfiles(const Environment& environment, const Files& files) {
  Profiles profiles;
  for (const std::string& path :
       {PathOf(environment, "AWS_CONFIG_FILE", "config"),
        PathOf(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials")}) {
    if (!files.Exists(path)) continue;
    TL_TRY(const std::string text, files.Read(path));
    TL_DO(IniReader(path, profiles).Read(text));
  }
  return profiles;
}

std::string ProfileName(const Environment& environment, std::string_view option) {
  if (!option.empty()) return std::string(option);
  return environment.GetOr("AWS_PROFILE", environment.GetOr("AWS_DEFAULT_PROFILE", "default"));
}

}  // namespace trunkline::aws
