// The layers of a function: which it may have, and what of them its process sees.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/private_mounts.h"
#include "cloud/engine.h"
#include "cloud/services/lambda/records.h"
#include "cloud/wait.h"

namespace trunkline::cloud::lambda {

// Checks the ARNs of an input's "Layers" and writes them into the configuration, in their order; an
// empty list takes them away. InvalidParameterValueException, AccessDeniedException.
Answer<void> ApplyLayers(Context& context, const json::Array& arns, json::Object& configuration);

// InvalidParameterValueException: the code, which is `unpacked` bytes large, and the layers of the
// configuration are too large together.
Answer<void> CheckUnpackedSize(Context& context, const json::Object& configuration,
                               std::uint64_t unpacked);

// The objects of a function's layers, first to last.
Answer<std::vector<std::string>> LayerCodeIds(Context& context, const json::Object& configuration);

// Whether functions can see their layers at /opt, on this machine and as this user: looked at once,
// when the first function with layers starts.
class LayerMounts final : public Resident {
 public:
  explicit LayerMounts(Engine& engine) : engine_(engine) {}
  bool possible();
  void Forbid() { possible_ = false; }  // for tests

 private:
  Engine& engine_;
  std::optional<bool> possible_;
};

// What a function is started with.
struct LayerView {
  std::string folder;  // of the unpacked layers; empty: there are none
  std::string root;    // how the function names it: /opt, or the folder itself
  std::vector<PrivateMount> mounts;
};
LayerView ViewLayers(LayerMounts& layer_mounts, std::string folder, const std::string& code,
                     const std::string& language);

// PATH, LD_LIBRARY_PATH, and the search paths of the runtime.
void AddLayerPaths(const LayerView& view, const std::string& runtime,
                   std::map<std::string, std::string>& environment);

// A path of the function's ("/opt/wrapper") as we see it.
std::string OutsidePath(const LayerView& view, const std::string& code, const std::string& path);

}  // namespace trunkline::cloud::lambda
