// SPDX-License-Identifier: Apache-2.0
//
// The protocol, request by request.
#include "core/bundle/check.h"
#include "core/crypto/hash.h"
#include "core/log/receipt.h"
#include "tests/sync/hub/hub_scene.h"

namespace vigil::hub {
namespace {

using Tus = HubScene;

TEST_F(Tus, OptionsTellWhatTheHubSpeaks) {
  const Response reply = ask("OPTIONS", "/files");
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.headers.at("Tus-Version"), "1.0.0");
  EXPECT_EQ(reply.headers.at("Tus-Extension"), "creation,checksum,expiration,termination");
  EXPECT_EQ(reply.headers.at("Tus-Max-Size"), "2147483648");
  EXPECT_EQ(reply.headers.at("Tus-Checksum-Algorithm"), "sha1,sha256");
}

TEST_F(Tus, AnUploadInTwoPartsBecomesABundleWithAReceipt) {
  const auto bundle = seal(1);
  const Response created = create(bundle);
  ASSERT_EQ(created.status, 201) << created.body;
  EXPECT_EQ(created.headers.at("Location"), place(bundle));
  EXPECT_EQ(created.headers.at("Tus-Resumable"), "1.0.0");
  EXPECT_EQ(created.headers.at("Upload-Offset"), "0");
  const ByteView bytes = bundle.bytes;
  const Response first = patch(bundle, 0, bytes.first(700));
  EXPECT_EQ(first.status, 204);
  EXPECT_EQ(first.headers.at("Upload-Offset"), "700");
  EXPECT_EQ(ask("GET", receipt_place(bundle)).status, 404);

  const Response head = ask("HEAD", place(bundle), tus_headers());
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("Upload-Offset"), "700");
  EXPECT_EQ(head.headers.at("Upload-Length"), std::to_string(bundle.size_bytes));
  EXPECT_EQ(head.headers.at("Cache-Control"), "no-store");
  EXPECT_EQ(head.headers.at("Upload-Metadata"), creation_headers(bundle).at("upload-metadata"));

  const Response last = patch(bundle, 700, bytes.subspan(700));
  EXPECT_EQ(last.status, 204) << last.body;
  EXPECT_EQ(last.headers.at("Upload-Offset"), std::to_string(bundle.size_bytes));
  const Response receipt = ask("GET", receipt_place(bundle));
  ASSERT_EQ(receipt.status, 200);
  const auto verified = log::verify_receipt(
      receipt.body, bundle::log_entry(bundle.manifest_json, bundle.signature_file),
      office.roster.log, {}, 0);
  ASSERT_TRUE(verified.has_value()) << verified.error().code;
  EXPECT_EQ(verified->index, 0U);
  EXPECT_EQ(files->contents().at("hub/bundles/" + to_string(bundle.id) + ".vigil"), bundle.bytes);
  EXPECT_FALSE(files->exists("hub/uploads/" + to_string(bundle.id) + ".json"));
}

TEST_F(Tus, TheSameAnnouncementLeadsToTheSamePlace) {
  const auto bundle = seal(1);
  create(bundle);
  patch(bundle, 0, ByteView(bundle.bytes).first(500));
  const Response again = create(bundle);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.headers.at("Location"), place(bundle));
  EXPECT_EQ(again.headers.at("Upload-Offset"), "500");
  patch(bundle, 500, ByteView(bundle.bytes).subspan(500));
  for (int i = 0; i < 5; ++i) {
    const Response complete = create(bundle);
    EXPECT_EQ(complete.status, 201);
    EXPECT_EQ(complete.headers.at("Location"), place(bundle));
    EXPECT_EQ(complete.headers.at("Upload-Offset"), std::to_string(bundle.size_bytes));
    EXPECT_EQ(patch(bundle, bundle.size_bytes, {}).status, 204);
  }
  EXPECT_EQ(hub->bundle_count(), 1U);
}

TEST_F(Tus, ANewWriterShutsTheOldOneOutAtOnce) {
  const auto bundle = seal(1);
  create(bundle);
  Request request;
  request.method = "PATCH";
  request.path = place(bundle);
  request.headers = patch_headers(0);
  const auto dead = hub->begin(request);
  const ByteView bytes = bundle.bytes;
  ASSERT_TRUE(dead->receive(bytes.first(300)));
  const Response head = ask("HEAD", place(bundle), tus_headers());
  EXPECT_EQ(head.headers.at("Upload-Offset"), "300");
  // What still comes over the dead connection must not move the offset that was told.
  EXPECT_FALSE(dead->receive(bytes.subspan(300, 100)));
  EXPECT_EQ(patch(bundle, 300, bytes.subspan(300)).status, 204);
  EXPECT_EQ(hub->bundle_count(), 1U);
}

TEST_F(Tus, ADyingConnectionKeepsWhatArrived) {
  const auto bundle = seal(1);
  create(bundle);
  {
    Request request;
    request.method = "PATCH";
    request.path = place(bundle);
    request.headers = patch_headers(0);
    const auto dying = hub->begin(request);
    ASSERT_TRUE(dying->receive(ByteView(bundle.bytes).first(1234)));
  }
  EXPECT_EQ(ask("HEAD", place(bundle), tus_headers()).headers.at("Upload-Offset"), "1234");
}

TEST_F(Tus, WhatIsToldIsOnTheMedium) {
  const auto bundle = seal(1, {}, 300'000);
  create(bundle);
  for (std::uint64_t at = 0; at + 50'000 < bundle.size_bytes; at += 50'000) {
    ASSERT_EQ(patch(bundle, at, ByteView(bundle.bytes).subspan(at, 50'000)).status, 204);
    hub.reset();
    files->lose_power();
    reopen();
    EXPECT_EQ(ask("HEAD", place(bundle), tus_headers()).headers.at("Upload-Offset"),
              std::to_string(at + 50'000));
  }
}

TEST_F(Tus, AChecksumThatFailsLeavesTheOffset) {
  const auto bundle = seal(1);
  create(bundle);
  const ByteView bytes = bundle.bytes;
  Headers headers = patch_headers(0);
  headers["upload-checksum"] = "sha256 " + base64_encode(crypto::sha256(bytes.first(99)));
  EXPECT_EQ(ask("PATCH", place(bundle), headers, bytes.first(100)).status, 460);
  EXPECT_EQ(ask("HEAD", place(bundle), tus_headers()).headers.at("Upload-Offset"), "0");
  headers["upload-checksum"] = "sha256 " + base64_encode(crypto::sha256(bytes.first(100)));
  EXPECT_EQ(ask("PATCH", place(bundle), headers, bytes.first(100)).status, 204);
  headers = patch_headers(100);
  // `printf abc | sha1sum`
  headers["upload-checksum"] = "sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=";
  EXPECT_EQ(ask("PATCH", place(bundle), headers, as_bytes("abd")).status, 460);
  EXPECT_EQ(ask("PATCH", place(bundle), headers, as_bytes("abc")).status, 204);
  headers = patch_headers(103);
  headers["upload-checksum"] = "md5 kAFQmDzST7DWlj99KOF/cg==";
  EXPECT_EQ(ask("PATCH", place(bundle), headers, as_bytes("abc")).status, 400);
}

TEST_F(Tus, TerminationFreesAnUploadButNeverABundle) {
  const auto bundle = seal(1);
  create(bundle);
  patch(bundle, 0, ByteView(bundle.bytes).first(500));
  EXPECT_EQ(ask("DELETE", place(bundle), tus_headers()).status, 204);
  EXPECT_EQ(ask("HEAD", place(bundle), tus_headers()).status, 404);
  EXPECT_EQ(ask("DELETE", place(bundle), tus_headers()).status, 404);
  EXPECT_EQ(put(bundle).status, 204);
  const Response kept = ask("DELETE", place(bundle), tus_headers());
  EXPECT_EQ(kept.status, 403);
  EXPECT_EQ(code_of(kept), "hub.kept");
  EXPECT_EQ(hub->bundle_count(), 1U);
}

TEST_F(Tus, UploadsWaitAtLeastNinetyDaysAndThenGo) {
  constexpr std::int64_t kDayMs = 86'400'000;
  clock.turn_to(0);
  const auto bundle = seal(1);
  EXPECT_EQ(create(bundle).headers.at("Upload-Expires"), "Tue, 30 Jun 1970 00:00:00 GMT");
  patch(bundle, 0, ByteView(bundle.bytes).first(500));
  clock.turn_to(90 * kDayMs);
  create(seal(2));  // creation is when old uploads go
  EXPECT_EQ(ask("HEAD", place(bundle), tus_headers()).status, 200);
  clock.turn_to(181 * kDayMs);
  create(seal(3));
  EXPECT_EQ(ask("HEAD", place(bundle), tus_headers()).status, 404);
}

TEST_F(Tus, ItWorksInAnyYear) {
  constexpr std::int64_t kYear2040Ms = 2'208'988'800'000;
  bundle::BundleId previous;
  std::uint64_t sequence = 0;
  for (const std::int64_t now_ms : {std::int64_t{0}, kYear2040Ms, std::int64_t{-1000}}) {
    clock.turn_to(now_ms);
    const auto bundle = seal(++sequence, previous);
    previous = bundle.id;
    EXPECT_EQ(put(bundle).status, 204) << now_ms;
    const std::string list = "/bundles";
    EXPECT_EQ(ask("GET", list, office_headers(list, office.collector)).status, 200) << now_ms;
  }
  EXPECT_EQ(hub->bundle_count(), 3U);
}

struct BadRequest {
  const char* what;
  const char* method;
  const char* path;  // "ID" stands for an open upload of 500 bytes so far
  Headers headers;
  int status;
  const char* code;
};

TEST_F(Tus, BadRequestsAreAnsweredAsTheProtocolSays) {
  const auto bundle = seal(1);
  create(bundle);
  patch(bundle, 0, ByteView(bundle.bytes).first(500));
  const std::string length = std::to_string(bundle.size_bytes);
  const std::string metadata = creation_headers(bundle).at("upload-metadata");
  const std::string manifest_only = metadata.substr(0, metadata.find(','));
  const std::string body_type = "application/offset+octet-stream";
  const std::string absent = "/files/" + std::string(64, '0');
  const std::vector<BadRequest> table = {
      {"no version", "POST", "/files", {}, 412, "tus.version"},
      {"other version", "HEAD", "ID", {{"tus-resumable", "0.2.2"}}, 412, "tus.version"},
      {"no length", "POST", "/files", {{"upload-metadata", metadata}}, 400, "tus.length"},
      {"length zero",
       "POST",
       "/files",
       {{"upload-length", "0"}, {"upload-metadata", metadata}},
       400,
       "tus.length"},
      {"length below zero",
       "POST",
       "/files",
       {{"upload-length", "-5"}, {"upload-metadata", metadata}},
       400,
       "tus.length"},
      {"length no number",
       "POST",
       "/files",
       {{"upload-length", "5x"}, {"upload-metadata", metadata}},
       400,
       "tus.length"},
      {"length past 64 bits",
       "POST",
       "/files",
       {{"upload-length", "99999999999999999999"}, {"upload-metadata", metadata}},
       400,
       "tus.length"},
      {"too long",
       "POST",
       "/files",
       {{"upload-length", "2147483649"}, {"upload-metadata", metadata}},
       413,
       "hub.size"},
      {"another length",
       "POST",
       "/files",
       {{"upload-length", "10240"}, {"upload-metadata", metadata}},
       422,
       "hub.length"},
      {"no metadata", "POST", "/files", {{"upload-length", length}}, 400, "tus.metadata"},
      {"no signature",
       "POST",
       "/files",
       {{"upload-length", length}, {"upload-metadata", manifest_only}},
       400,
       "tus.metadata"},
      {"metadata twice",
       "POST",
       "/files",
       {{"upload-length", length}, {"upload-metadata", manifest_only + "," + manifest_only}},
       400,
       "tus.metadata"},
      {"metadata no base64",
       "POST",
       "/files",
       {{"upload-length", length}, {"upload-metadata", "manifest ?,signature ?"}},
       400,
       "tus.metadata"},
      {"a wrong method", "GET", "/files", {}, 405, "hub.method"},
      {"no such upload", "HEAD", absent.c_str(), {}, 404, "hub.no_upload"},
      {"no such name", "HEAD", "/files/../roster.json", {}, 404, "hub.no_upload"},
      {"no type", "PATCH", "ID", {{"upload-offset", "500"}}, 415, "tus.content_type"},
      {"a wrong type",
       "PATCH",
       "ID",
       {{"upload-offset", "500"}, {"content-type", "text/plain"}},
       415,
       "tus.content_type"},
      {"no offset", "PATCH", "ID", {{"content-type", body_type}}, 400, "tus.offset"},
      {"behind",
       "PATCH",
       "ID",
       {{"upload-offset", "499"}, {"content-type", body_type}},
       409,
       "hub.offset"},
      {"ahead",
       "PATCH",
       "ID",
       {{"upload-offset", "501"}, {"content-type", body_type}},
       409,
       "hub.offset"},
      {"more than is left",
       "PATCH",
       "ID",
       {{"upload-offset", "500"}, {"content-type", body_type}, {"content-length", "999999"}},
       413,
       "hub.size"},
      {"patch of nothing",
       "PATCH",
       absent.c_str(),
       {{"upload-offset", "0"}, {"content-type", body_type}},
       404,
       "hub.no_upload"},
      {"a wrong method on an upload", "PUT", "ID", {}, 405, "hub.method"},
  };
  for (const BadRequest& bad : table) {
    Headers headers = bad.headers;
    if (std::string_view(bad.code) != "tus.version") headers.merge(tus_headers());
    const std::string path = std::string_view(bad.path) == "ID" ? place(bundle) : bad.path;
    const Response reply = ask(bad.method, path, headers);
    EXPECT_EQ(reply.status, bad.status) << bad.what;
    EXPECT_EQ(code_of(reply), bad.code) << bad.what;
    EXPECT_FALSE(reply.headers.contains("Upload-Offset")) << bad.what;
    EXPECT_EQ(reply.headers.at("Tus-Resumable"), "1.0.0") << bad.what;
  }
  EXPECT_EQ(ask("HEAD", place(bundle), tus_headers()).headers.at("Upload-Offset"), "500");
  EXPECT_EQ(hub->bundle_count(), 0U);
}

TEST_F(Tus, MoreBytesThanAnnouncedAreRefused) {
  const auto bundle = seal(1);
  create(bundle);
  Bytes more = bundle.bytes;
  more.push_back(0);
  const Response reply = patch(bundle, 0, more);
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(code_of(reply), "hub.length");
  EXPECT_EQ(hub->bundle_count(), 0U);
}

TEST_F(Tus, OpenUploadsAreBounded) {
  options.open_uploads_limit = 2;
  reopen();
  EXPECT_EQ(create(seal(1)).status, 201);
  EXPECT_EQ(create(seal(2)).status, 201);
  const Response full = create(seal(3));
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(code_of(full), "hub.busy");
}

}  // namespace
}  // namespace vigil::hub
