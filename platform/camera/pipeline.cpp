// SPDX-License-Identifier: Apache-2.0
#include "platform/camera/pipeline.h"

#include <gst/gstregistry.h>

namespace vigil::platform {

void StopPipeline::operator()(GstElement* pipeline) const {
  gst_element_set_state(pipeline, GST_STATE_NULL);
  gst_object_unref(pipeline);
}

bool start_gstreamer() {
  static const bool kStarted = [] {
    // Plugins are looked at in this process: a kiosk may not let us start another.
    gst_registry_fork_set_enabled(FALSE);
    return gst_init_check(nullptr, nullptr, nullptr) == TRUE;
  }();
  return kStarted;
}

Pipeline build(const std::string& description, std::string& why) {
  GError* error = nullptr;
  Pipeline pipeline(gst_parse_launch(description.c_str(), &error));
  if (error != nullptr) {
    why = error->message;
    g_clear_error(&error);
    return nullptr;
  }
  return pipeline;
}

Pipeline play(const std::string& description, std::string& why) {
  Pipeline pipeline = build(description, why);
  if (pipeline == nullptr) return nullptr;
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  constexpr GstClockTime kOpening = 3 * GST_SECOND;
  if (gst_element_get_state(pipeline.get(), nullptr, nullptr, kOpening) ==
      GST_STATE_CHANGE_FAILURE) {
    why = "the device refuses";
    return nullptr;
  }
  return pipeline;
}

GstElement* part_of(const Pipeline& pipeline, const char* name) {
  GstElement* const part = gst_bin_get_by_name(GST_BIN(pipeline.get()), name);
  if (part != nullptr) gst_object_unref(part);
  return part;
}

bool has_failed(const Pipeline& pipeline) {
  GstBus* const bus = gst_element_get_bus(pipeline.get());
  GstMessage* const message = gst_bus_pop_filtered(bus, GST_MESSAGE_ERROR);
  gst_object_unref(bus);
  if (message == nullptr) return false;
  gst_message_unref(message);
  return true;
}

}  // namespace vigil::platform
