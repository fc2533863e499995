#include "cloud/tagged.h"

#include "cloud/tag_list.h"

namespace trunkline::cloud {
namespace {

Answer<> Keep(Context& context, Tagged tagged, const TagForm& form, json::Array tags) {
  tagged.record.body.Set(form.list, std::move(tags));
  context.store.Put(tagged.scope, tagged.kind, std::move(tagged.record));
  return json::Object();
}

}  // namespace

Answer<> AddTags(Context& context, const json::Object& input, const TagForm& form) {
  TL_TRY(Tagged tagged, form.find(context, input));
  json::Array tags = tagged.record.body.GetArray(form.list);
  MergeTags(tags, input.GetArray(form.list), form.key);
  if (tags.size() > form.most) return form.too_many(input);
  return Keep(context, std::move(tagged), form, std::move(tags));
}

Answer<> TakeTags(Context& context, const json::Object& input, const TagForm& form) {
  TL_TRY(Tagged tagged, form.find(context, input));
  json::Array tags = tagged.record.body.GetArray(form.list);
  RemoveTags(tags, input.GetArray(form.keys), form.key);
  return Keep(context, std::move(tagged), form, std::move(tags));
}

Answer<> ShowTags(Context& context, const json::Object& input, const TagForm& form) {
  TL_TRY(const Tagged tagged, form.find(context, input));
  return json::Object{{std::string(form.list), tagged.record.body.GetArray(form.list)}};
}

}  // namespace trunkline::cloud
