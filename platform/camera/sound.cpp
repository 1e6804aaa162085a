// SPDX-License-Identifier: Apache-2.0
#include "platform/camera/sound.h"

#include <cstdlib>
#include <string_view>

#include <gst/app/gstappsrc.h>

#include "core/crypto/secret_bytes.h"
#include "platform/camera/pipeline.h"

namespace vigil::platform {
namespace {

std::unexpected<Error> lost() {
  return fail(ErrorKind::kUnavailable, "sound.lost",
              "The microphone does not answer any more. What was recorded until now is kept when "
              "you finish.");
}

// GStreamer's automatic source and sink take a pretended one where there is no device, and would
// record and play silence without a word. `name` is the automatic element's. Requires: started.
bool is_pretended(const Pipeline& pipeline, const char* name) {
  GstElement* const automatic = gst_bin_get_by_name(GST_BIN(pipeline.get()), name);
  if (automatic == nullptr) return false;
  bool pretended = false;
  for (const GList* child = GST_BIN_CHILDREN(GST_BIN(automatic)); child != nullptr;
       child = child->next) {
    const GstElementFactory* const made_by = gst_element_get_factory(GST_ELEMENT(child->data));
    const std::string_view kind = made_by == nullptr ? "" : GST_OBJECT_NAME(made_by);
    pretended = pretended || kind == "audiotestsrc" || kind == "fakesrc" || kind == "fakesink";
  }
  gst_object_unref(automatic);
  return pretended;
}

constexpr const char* kAutomatic = "automatic";

class GstreamerRecorder final : public Recorder {
 public:
  explicit GstreamerRecorder(Pipeline pipeline)
      : pipeline_(std::move(pipeline)), sink_(GST_APP_SINK(part_of(pipeline_, "out"))) {}
  ~GstreamerRecorder() override { crypto::wipe(sound_); }

  Status poll() override {
    while (true) {
      const Sample sample(gst_app_sink_try_pull_sample(sink_, 0));
      if (sample == nullptr) break;
      append(sample.get());
    }
    if (has_failed(pipeline_)) return lost();
    return {};
  }

  std::uint64_t size_bytes() const override { return sound_.size(); }

  Result<Bytes> finish() override {
    gst_element_send_event(pipeline_.get(), gst_event_new_eos());
    constexpr GstClockTime kClosing = 2 * GST_SECOND;
    while (gst_app_sink_is_eos(sink_) == FALSE) {
      const Sample sample(gst_app_sink_try_pull_sample(sink_, kClosing));
      if (sample == nullptr) break;
      append(sample.get());
    }
    if (sound_.empty()) return lost();
    return std::exchange(sound_, {});
  }

 private:
  void append(GstSample* sample) {
    GstBuffer* const buffer = gst_sample_get_buffer(sample);
    GstMapInfo map;
    if (buffer == nullptr || gst_buffer_map(buffer, &map, GST_MAP_READ) == FALSE) return;
    sound_.insert(sound_.end(), map.data, map.data + map.size);
    gst_buffer_unmap(buffer, &map);
  }

  Pipeline pipeline_;
  GstAppSink* sink_;
  Bytes sound_;
};

class GstreamerPlayer final : public Player {
 public:
  explicit GstreamerPlayer(Pipeline pipeline) : pipeline_(std::move(pipeline)) {}

  bool done() override {
    GstBus* const bus = gst_element_get_bus(pipeline_.get());
    GstMessage* const message =
        gst_bus_pop_filtered(bus, static_cast<GstMessageType>(GST_MESSAGE_ERROR | GST_MESSAGE_EOS));
    gst_object_unref(bus);
    if (message == nullptr) return false;
    gst_message_unref(message);
    return true;
  }

 private:
  Pipeline pipeline_;
};

}  // namespace

Result<std::unique_ptr<Recorder>> Recorder::start(const std::string& source) {
  std::string from = source;
  if (const char* set = std::getenv("VIGIL_MICROPHONE"); from.empty() && set != nullptr) from = set;
  const bool automatic = from.empty();
  if (automatic) from = std::string("autoaudiosrc name=") + kAutomatic;
  std::string why = "GStreamer does not start";
  Pipeline pipeline;
  if (start_gstreamer()) {
    // One voice at 24 kHz: speech stays clear, an hour stays below 30 MB.
    pipeline = platform::play(from +
                                  " ! audioconvert ! audioresample ! "
                                  "audio/x-raw,channels=1,rate=24000 ! vorbisenc quality=0.3 ! "
                                  "oggmux ! appsink name=out sync=false",
                              why);
  }
  if (pipeline != nullptr && automatic && is_pretended(pipeline, kAutomatic)) {
    pipeline.reset();
    why = "none is connected";
  }
  if (pipeline == nullptr) {
    return fail(ErrorKind::kUnavailable, "sound.absent",
                "This tablet has no microphone that Vigil can use (" + why +
                    "). Everything else works; write it down instead.");
  }
  return std::unique_ptr<Recorder>(new GstreamerRecorder(std::move(pipeline)));
}

Result<std::unique_ptr<Player>> Player::play(ByteView ogg) {
  std::string why = "GStreamer does not start";
  Pipeline pipeline;
  if (start_gstreamer()) {
    pipeline = build(
        "appsrc name=in format=bytes ! oggdemux ! vorbisdec ! audioconvert ! audioresample ! "
        "autoaudiosink name=" +
            std::string(kAutomatic),
        why);
  }
  // What it plays on is chosen on the way to this state.
  if (pipeline != nullptr &&
      (gst_element_set_state(pipeline.get(), GST_STATE_READY) == GST_STATE_CHANGE_FAILURE ||
       is_pretended(pipeline, kAutomatic))) {
    pipeline.reset();
    why = "it has no loudspeaker";
  }
  if (pipeline == nullptr) {
    return fail(ErrorKind::kUnavailable, "sound.silent",
                "The recording cannot be heard on this tablet (" + why + "); it is kept as it is.");
  }
  auto* const in = GST_APP_SRC(part_of(pipeline, "in"));
  GstBuffer* const buffer = gst_buffer_new_allocate(nullptr, ogg.size(), nullptr);
  gst_buffer_fill(buffer, 0, ogg.data(), ogg.size());
  gst_app_src_push_buffer(in, buffer);
  gst_app_src_end_of_stream(in);
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  return std::unique_ptr<Player>(new GstreamerPlayer(std::move(pipeline)));
}

}  // namespace vigil::platform
