// What a request to a REST API meets: its method and all that belongs to it.
#pragma once

#include <string>

#include "cloud/execute_api/call.h"

namespace trunkline::cloud::execute_api {

struct RestMethod {
  json::Object api;                // of the deployment
  json::Object method;             // empty: there is none for the request
  json::Object integration;        // the method's
  json::Object authorizer;         // the method's, or empty
  json::Object validator;          // the method's, or empty
  json::Object models;             // by name; empty where nothing is validated
  json::Object gateway_responses;  // those that were put, by type
  json::Object access_log;         // the stage's settings
};

// Whether the media type is one of the API's binary ones ("*/*" and "image/*" too).
bool IsBinary(const json::Object& api, std::string_view media_type);

// Chooses the resource and the method of the call in a deployment's snapshot.
RestMethod MeetMethod(const json::Object& snapshot, ApiCall& call);
// Of a resource that is known.
RestMethod TakeMethod(const json::Object& snapshot, const json::Object& resource, ApiCall& call);

}  // namespace trunkline::cloud::execute_api
