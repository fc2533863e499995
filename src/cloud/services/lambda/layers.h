// Layers as they stand in the store, and how callers name them.
//
//   layer          id = name           body: NextVersion, which stays when all versions are deleted
//   layer-version  id = name:number    parent = name; name: newest first; body: Shown (as the wire
//                                      has it, without Content.Location), CodeId, Unpacked (bytes),
//                                      Statements, PolicyRevision, Deleted
// A deleted version stays as long as a function's version uses it: nobody is shown it.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::lambda {

inline constexpr Kind kLayer{"lambda", "layer"};
inline constexpr Kind kLayerVersion{"lambda", "layer-version"};

// "arn:aws:lambda:<region>:<account>:layer:<name>:<version>"
struct LayerName {
  Scope scope;
  std::string name;
  std::string version;  // empty: none was given
  std::string Arn() const;
  std::string VersionArn() const;
};

// A layer's name or ARN, and a version's number. InvalidParameterValueException: the number is less
// than 1, or another Region's layer.
Answer<LayerName> ReadLayer(const Context& context, const json::Object& input);
Answer<LayerName> ReadLayerVersionArn(std::string_view arn);

// Null: there is none, or it was deleted. Valid until the kind is written.
const Record* FindLayerVersion(Store& store, const LayerName& layer);

// Whether the caller may have the version: it is the account's own, or its policy lets the caller.
bool MayGetLayer(const Context& context, const LayerName& layer, const Record& version);
// AccessDeniedException, as AWS words it for layers of others, whether they exist or not.
ServiceError MayNotGetLayer(const Context& context, const LayerName& layer);

// Forgets deleted versions that nothing uses any more.
void DropUnusedLayers(Context& context);

}  // namespace trunkline::cloud::lambda
