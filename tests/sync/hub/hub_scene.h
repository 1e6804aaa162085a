// SPDX-License-Identifier: Apache-2.0
//
// A hub without sockets: requests go straight in, the disk is in memory and can fail.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/json.h"
#include "sync/hub/hub.h"
#include "sync/protocol/authorization.h"
#include "sync/protocol/tus.h"
#include "tests/support/memory_files.h"
#include "tests/sync/support/office.h"

namespace vigil::hub {

using Headers = std::map<std::string, std::string, std::less<>>;  // names in lower case

inline std::string body_of(const Response& response) {
  if (!response.file) return response.body;
  Bytes bytes(static_cast<std::size_t>(response.file->size_bytes));
  const auto got = response.file->file->read_at(response.file->offset_bytes, bytes);
  EXPECT_TRUE(got.has_value() && *got == bytes.size());
  return std::string(as_text(bytes));
}

inline std::string code_of(const Response& response) {
  const auto json = parse_canonical_json(response.body, {.trailing_newline = true});
  const Json* error = json ? json->find("error") : nullptr;
  return error == nullptr ? "" : *error->find("code")->string();
}

class HubScene : public ::testing::Test {
 protected:
  void SetUp() override {
    office.write_hub_folder(*files, "hub");
    reopen();
  }

  void reopen() {
    hub.reset();
    auto opened = Hub::open(*files, clock, "hub", options, [this](const Event& event) {
      events.push_back(std::string(event.what) + " " + event.outcome);
    });
    ASSERT_TRUE(opened.has_value()) << opened.error().code << " " << opened.error().message;
    hub = std::move(*opened);
  }

  // `target` is path and query.
  Response ask(const std::string& method, const std::string& target, Headers headers = {},
               ByteView body = {}) {
    Request request;
    request.method = method;
    request.target = target;
    request.path = target.substr(0, target.find('?'));
    if (const auto at = target.find("after="); at != std::string::npos) {
      request.query["after"] = target.substr(at + 6);
    }
    request.headers = std::move(headers);
    const auto exchange = hub->begin(request);
    if (!body.empty()) {
      EXPECT_TRUE(exchange->receive(body));
    }
    return exchange->finish();
  }

  static Headers tus_headers() { return {{"tus-resumable", "1.0.0"}}; }

  static Headers creation_headers(const test::MadeBundle& bundle) {
    Headers headers = tus_headers();
    headers["upload-length"] = std::to_string(bundle.size_bytes);
    headers["upload-metadata"] =
        sync::tus::emit_metadata(bundle.manifest_json, bundle.signature_file);
    return headers;
  }

  static Headers patch_headers(std::uint64_t offset) {
    Headers headers = tus_headers();
    headers["upload-offset"] = std::to_string(offset);
    headers["content-type"] = "application/offset+octet-stream";
    return headers;
  }

  Response create(const test::MadeBundle& bundle) {
    return ask("POST", "/files", creation_headers(bundle));
  }
  Response patch(const test::MadeBundle& bundle, std::uint64_t offset, ByteView bytes) {
    return ask("PATCH", place(bundle), patch_headers(offset), bytes);
  }
  // Creation and all bytes in one PATCH; the last reply.
  Response put(const test::MadeBundle& bundle) {
    const Response created = create(bundle);
    if (created.status != 201) return created;
    return patch(bundle, 0, bundle.bytes);
  }

  Headers office_headers(const std::string& target, const crypto::minisign::SecretKey& key,
                         const std::string& method = "GET") {
    std::string nonce = ask("GET", "/challenge").body;
    nonce.pop_back();
    return {{"authorization", sync::authorization_header(key, method, target, nonce)}};
  }

  test::MadeBundle seal(std::uint64_t sequence, const bundle::BundleId& previous = {},
                        std::uint64_t payload_bytes = 1000,
                        const crypto::minisign::SecretKey* device = nullptr) {
    return office.seal(made, "b" + std::to_string(++sealed_), sequence, previous, payload_bytes,
                       device);
  }

  static std::string place(const test::MadeBundle& bundle) {
    return "/files/" + to_string(bundle.id);
  }
  static std::string receipt_place(const test::MadeBundle& bundle) {
    return "/bundles/" + to_string(bundle.id) + "/receipt";
  }

  test::MemoryFiles made;  // where tablets seal
  std::unique_ptr<test::MemoryFiles> files = std::make_unique<test::MemoryFiles>();
  test::TurnedClock clock;
  test::TestOffice office;
  HubOptions options;
  std::vector<std::string> events;
  std::unique_ptr<Hub> hub;

 private:
  int sealed_ = 0;
};

}  // namespace vigil::hub
