// SPDX-License-Identifier: Apache-2.0
//
// What the hub takes, what it refuses, and what a crash or a failing disk leaves.
#include "core/log/tiles.h"
#include "tests/sync/hub/hub_scene.h"

namespace vigil::hub {
namespace {

using Filing = HubScene;

Bytes flipped(Bytes bytes, std::size_t at) {
  bytes[at] ^= 1;
  return bytes;
}

TEST_F(Filing, AStrangersBundleIsRefusedBeforeItsFirstByte) {
  const auto stranger = crypto::minisign::SecretKey::generate();
  const Response reply = create(seal(1, {}, 1000, &stranger));
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(code_of(reply), "bundle.stranger");
}

TEST_F(Filing, AManifestUnderAnotherSignatureIsRefused) {
  auto bundle = seal(1);
  bundle.signature_file = seal(2).signature_file;
  const Response reply = create(bundle);
  EXPECT_GE(reply.status, 400);
  EXPECT_LT(reply.status, 500);
  EXPECT_TRUE(code_of(reply).starts_with("bundle.")) << code_of(reply);
}

TEST_F(Filing, AnUnknownRecipientIsRefusedBeforeTheFirstByte) {
  const auto bundle = seal(1);
  office.identity = crypto::age::Identity::generate();
  office.roster.recipients = {{office.identity.recipient(), trust::RecipientRole::kGeneral, false}};
  office.roster.version = 2;
  ASSERT_EQ(ask("PUT", "/roster", {}, office.roster_archive()).status, 200);
  const Response reply = create(bundle);
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(code_of(reply), "roster.recipients");
}

TEST_F(Filing, ADamagedPayloadIsKeptAsideWithItsReason) {
  const auto bundle = seal(1, {}, 5000);
  create(bundle);
  const Bytes damaged = flipped(bundle.bytes, bundle.bytes.size() / 2);
  const Response reply = patch(bundle, 0, damaged);
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(code_of(reply), "bundle.digest");
  EXPECT_EQ(hub->bundle_count(), 0U);
  EXPECT_EQ(ask("GET", receipt_place(bundle)).status, 404);
  const auto kept = files->contents();
  const std::string base = "hub/refused/" + to_string(bundle.id);
  EXPECT_EQ(kept.at(base + ".vigil"), damaged);
  EXPECT_NE(as_text(kept.at(base + ".json")).find("bundle.digest"), std::string_view::npos);
  // The way was at fault, not the bundle: it may come again, whole.
  EXPECT_EQ(put(bundle).status, 204);
  EXPECT_EQ(hub->bundle_count(), 1U);
}

TEST_F(Filing, AnyFlippedByteOfTheArchiveIsRefused) {
  const auto bundle = seal(1);
  for (std::size_t at = 0; at < bundle.bytes.size(); at += 331) {
    create(bundle);
    const Response reply = patch(bundle, 0, flipped(bundle.bytes, at));
    EXPECT_TRUE(reply.status == 422 || reply.status == 403) << at << " " << reply.status;
    EXPECT_EQ(hub->bundle_count(), 0U);
  }
}

TEST_F(Filing, AnotherBundleThanTheAnnouncedIsRefused) {
  const auto announced = seal(1);
  const auto other = seal(2);
  ASSERT_EQ(announced.size_bytes, other.size_bytes);
  create(announced);
  const Response reply = patch(announced, 0, other.bytes);
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(code_of(reply), "hub.other_bundle");
  EXPECT_EQ(hub->bundle_count(), 0U);
}

TEST_F(Filing, ASecondBundleOfOneSequenceIsTakenWithAnAlarm) {
  const auto first = seal(1);
  const auto fork = seal(1);
  EXPECT_FALSE(put(first).headers.contains("Vigil-Alarm"));
  const Response reply = put(fork);
  EXPECT_EQ(reply.status, 204);
  EXPECT_EQ(reply.headers.at("Vigil-Alarm"), "hub.fork");
  EXPECT_EQ(ask("GET", receipt_place(fork)).headers.at("Vigil-Alarm"), "hub.fork");
  reopen();
  EXPECT_EQ(ask("GET", receipt_place(fork)).headers.at("Vigil-Alarm"), "hub.fork");
  EXPECT_FALSE(ask("GET", receipt_place(first)).headers.contains("Vigil-Alarm"));
  EXPECT_EQ(hub->bundle_count(), 2U);
}

TEST_F(Filing, AGapIsTakenAndTheBundleThatFillsItToo) {
  const auto first = seal(1);
  const auto second = seal(2, first.id);
  const auto third = seal(3, second.id);
  EXPECT_EQ(put(third).status, 204);
  EXPECT_EQ(put(first).status, 204);
  const Response filled = put(second);
  EXPECT_EQ(filled.status, 204);
  EXPECT_FALSE(filled.headers.contains("Vigil-Alarm"));
  EXPECT_FALSE(ask("GET", receipt_place(third)).headers.contains("Vigil-Alarm"));
}

TEST_F(Filing, ABrokenChainRaisesAnAlarmInEitherOrder) {
  const auto first = seal(1);
  const auto second = seal(2, seal(1).id);  // names a first one that is not ours
  EXPECT_EQ(put(first).status, 204);
  EXPECT_EQ(put(second).headers.at("Vigil-Alarm"), "hub.chain");
  const auto* other = &office.other_tablet;
  const auto early = seal(2, seal(1).id, 1000, other);
  EXPECT_FALSE(put(early).headers.contains("Vigil-Alarm"));
  EXPECT_EQ(put(seal(1, {}, 1000, other)).status, 204);
  EXPECT_EQ(ask("GET", receipt_place(early)).headers.at("Vigil-Alarm"), "hub.chain");
}

TEST_F(Filing, ARevokedDeviceIsJudgedByItsSequence) {
  const auto old = seal(1);
  const auto late = seal(3);
  office.roster.devices[0].revoked_after_sequence = 2;
  office.roster.version = 2;
  ASSERT_EQ(ask("PUT", "/roster", {}, office.roster_archive()).status, 200);
  EXPECT_EQ(code_of(create(late)), "hub.revoked");
  EXPECT_EQ(put(old).headers.at("Vigil-Alarm"), "hub.unproven_time");
  reopen();
  EXPECT_EQ(ask("GET", receipt_place(old)).headers.at("Vigil-Alarm"), "hub.unproven_time");
}

TEST_F(Filing, AKeyRevokedDuringTheUploadIsRefusedAtItsEnd) {
  const auto bundle = seal(3);
  create(bundle);
  office.roster.devices[0].revoked_after_sequence = 2;
  office.roster.version = 2;
  ASSERT_EQ(ask("PUT", "/roster", {}, office.roster_archive()).status, 200);
  EXPECT_EQ(code_of(patch(bundle, 0, bundle.bytes)), "hub.revoked");
  EXPECT_EQ(hub->bundle_count(), 0U);
}

TEST_F(Filing, AfterAStopAtAnyChangeARetryMakesOneBundleAndOneLeaf) {
  const auto first = seal(1);
  const auto second = seal(2, first.id);
  ASSERT_EQ(put(first).status, 204);
  hub.reset();
  const test::MemoryFiles::Contents start = files->contents();
  bool finished = false;
  for (std::uint64_t stop = 0; !finished; ++stop) {
    ASSERT_LT(stop, 200U);
    files = std::make_unique<test::MemoryFiles>(start);
    reopen();
    files->fail_after_changes(stop);
    finished = put(second).status == 204;
    files->work_again();
    hub.reset();
    files->lose_power();
    reopen();
    // The tablet asks anew, as it would after any cut.
    const Response created = create(second);
    ASSERT_EQ(created.status, 201) << stop << " " << created.body;
    const auto offset = *parse_decimal(created.headers.at("Upload-Offset"));
    const Response done = patch(second, offset, ByteView(second.bytes).subspan(offset));
    ASSERT_EQ(done.status, 204) << stop << " " << done.body;
    EXPECT_EQ(ask("GET", receipt_place(second)).status, 200) << stop;
    EXPECT_EQ(hub->bundle_count(), 2U) << stop;
    EXPECT_EQ(files->contents().at("hub/bundles/" + to_string(second.id) + ".vigil"), second.bytes);
    EXPECT_FALSE(done.headers.contains("Vigil-Alarm")) << stop;
  }
}

TEST_F(Filing, AFullDiskIsSaidAndNothingIsLost) {
  const auto bundle = seal(1, {}, 50'000);
  create(bundle);
  files->fail_after_bytes(20'000);
  const Response full = patch(bundle, 0, bundle.bytes);
  EXPECT_EQ(full.status, 507);
  files->work_again();
  const Response head = ask("HEAD", place(bundle), tus_headers());
  const auto offset = *parse_decimal(head.headers.at("Upload-Offset"));
  EXPECT_LE(offset, 20'000U);
  EXPECT_EQ(patch(bundle, offset, ByteView(bundle.bytes).subspan(offset)).status, 204);
  EXPECT_EQ(hub->bundle_count(), 1U);
}

TEST_F(Filing, AWholeUploadThatWasNotFiledIsFiledAtTheNextStart) {
  const auto bundle = seal(1);
  create(bundle);
  {
    Request request;
    request.method = "PATCH";
    request.path = place(bundle);
    request.headers = patch_headers(0);
    const auto cut = hub->begin(request);
    ASSERT_TRUE(cut->receive(bundle.bytes));
  }
  EXPECT_EQ(hub->bundle_count(), 0U);
  reopen();
  EXPECT_EQ(hub->bundle_count(), 1U);
  EXPECT_EQ(ask("GET", receipt_place(bundle)).status, 200);
}

TEST_F(Filing, LitterInUploadsDoesNotKeepTheHubFromStarting) {
  const auto damaged = seal(1);
  const auto longer = seal(2);
  create(damaged);
  patch(damaged, 0, ByteView(damaged.bytes).first(500));
  create(longer);
  hub.reset();
  const std::string base = "hub/uploads/";
  files->put(base + to_string(damaged.id) + ".json", as_bytes("{\"id\":"));
  files->put(base + to_string(longer.id) + ".part", Bytes(longer.size_bytes + 1));
  files->put(base + "nonsense.part", as_bytes("x"));
  reopen();
  EXPECT_EQ(ask("HEAD", place(damaged), tus_headers()).status, 404);
  EXPECT_FALSE(files->exists(base + to_string(damaged.id) + ".part"));
  EXPECT_FALSE(files->exists(base + "nonsense.part"));
  EXPECT_EQ(ask("HEAD", place(longer), tus_headers()).headers.at("Upload-Offset"), "0");
  EXPECT_EQ(put(damaged).status, 204);
  EXPECT_EQ(put(longer).status, 204);
}

TEST_F(Filing, EventsSayWhatHappenedAndNothingOfWhom) {
  const auto bundle = seal(1);
  put(bundle);
  EXPECT_EQ(events, (std::vector<std::string>{"upload.begin ", "bundle.taken "}));
}

TEST_F(Filing, AFolderThatDoesNotFitTogetherIsRefused) {
  const auto other = log::SignerKey::generate("hub.test.example/log", log::KeyType::kLog);
  files->put("hub/log.key", other.to_text().view());
  const auto opened = Hub::open(*files, clock, "hub", options, nullptr);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, "hub.log_key");
  const auto absent = Hub::open(*files, clock, "nowhere", options, nullptr);
  ASSERT_FALSE(absent.has_value());
  EXPECT_EQ(absent.error().kind, ErrorKind::kNotFound);
}

TEST_F(Filing, ALoggedBundleWhoseFileIsGoneIsNoticed) {
  const auto bundle = seal(1);
  put(bundle);
  hub.reset();
  ASSERT_TRUE(files->remove("hub/bundles/" + to_string(bundle.id) + ".vigil").has_value());
  const auto opened = Hub::open(*files, clock, "hub", options, nullptr);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, "hub.bundle_missing");
}

}  // namespace
}  // namespace vigil::hub
