// Why a channel has no value, from what the others say: the key of a sentence of the catalogue.
import type { Measure } from "./events";

const SOUND = ["level_dbfs", "speech_ratio"];
const SHOULDERS = ["shoulder_tilt_deg", "shoulder_width_ratio", "posture_steadiness_points"];
const HANDS = ["hands_count", "hand_speed_ratio_s"];
const EYES = ["gaze_yaw_deg", "gaze_pitch_deg"];
const PLACED = [
  "screen_x_ratio",
  "screen_y_ratio",
  "on_screen_ratio",
  "gaze_points",
  "gaze_compliance_points",
  "gaze_jitter_points",
];

/** `channel` has no value among `measures`. */
export function why(channel: string, measures: Record<string, Measure>): string {
  const known = (name: string): boolean => (measures[name]?.[0] ?? null) !== null;
  if (Object.keys(measures).length === 0) {
    return "why_quiet";
  }
  if (channel.endsWith("_points") && !(channel in measures)) {
    return "why_no_points";
  }
  if (SOUND.includes(channel)) {
    return "why_no_sound";
  }
  if (!known("presence_ratio")) {
    return "why_no_picture";
  }
  if (SHOULDERS.includes(channel)) {
    return "why_no_shoulders";
  }
  if (HANDS.includes(channel)) {
    return "why_no_hands";
  }
  if (channel === "people_count" || !(channel in measures)) {
    return "why_off";
  }
  if (measures["presence_ratio"]?.[0] === 0) {
    return "why_no_face";
  }
  if (EYES.includes(channel)) {
    return "why_no_eyes";
  }
  if (PLACED.includes(channel)) {
    return known("gaze_yaw_deg") ? "why_not_calibrated" : "why_no_eyes";
  }
  return channel === "expression_points" ? "why_no_neutral" : "why_too_little";
}
