// The tables in the binary. Each is read when it is first asked for: a command that talks to one
// service pays for one.
#include <map>
#include <stdexcept>

#include "aws/model.h"
#include "base/embedded.h"

namespace trunkline {

std::span<const EmbeddedFile> ModelFiles();  // written by cmake/embed.cmake

namespace aws {
namespace {

constexpr std::string_view kSuffix = ".json";

const EmbeddedFile* FindTable(std::string_view service) {
  for (const EmbeddedFile& file : ModelFiles()) {
    if (file.name.ends_with(kSuffix) &&
        file.name.substr(0, file.name.size() - kSuffix.size()) == service)
      return &file;
  }
  return nullptr;
}

}  // namespace

struct Models::State {
  mutable std::map<std::string, std::unique_ptr<Model>, std::less<>> read;
};

Models::Models() : state_(std::make_unique<State>()) {}
Models::~Models() = default;

const Model* Models::Find(std::string_view service) const {
  if (const auto found = state_->read.find(service); found != state_->read.end())
    return found->second.get();
  const EmbeddedFile* file = FindTable(service);
  if (file == nullptr) return nullptr;
  Result<std::unique_ptr<Model>> model = ReadModel(file->bytes, service);
  // Tests read every table; one that does not read is a broken build.
  if (!model) throw std::logic_error(model.error().ToText());
  return state_->read.emplace(std::string(service), std::move(model).value()).first->second.get();
}

std::vector<std::string> Models::names() const {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : ModelFiles()) {
    if (file.name.ends_with(kSuffix))
      names.emplace_back(file.name.substr(0, file.name.size() - kSuffix.size()));
  }
  return names;
}

}  // namespace aws
}  // namespace trunkline
