#include "flow/content_slot.h"

namespace trunkline::flow {

const json::Object* FindDescription(Format format, const json::Value& root) {
  if (!root.IsObject()) return nullptr;
  if (format == Format::kWrapped) return &root.AsObject();
  if (format != Format::kDescribed) return nullptr;
  for (const char* const key : {"ContactFlow", "ContactFlowModule"}) {
    const json::Value* inner = root.AsObject().Find(key);
    if (inner != nullptr && inner->IsObject()) return &inner->AsObject();
  }
  return nullptr;
}

const json::Value* FindContentSlot(Format format, const json::Value& root) {
  const json::Object* description = FindDescription(format, root);
  return description == nullptr ? nullptr : description->Find("Content");
}

json::Value* FindContentSlot(Format format, json::Value& root) {
  const json::Value& constant = root;
  return const_cast<json::Value*>(
      FindContentSlot(format, constant));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

}  // namespace trunkline::flow
