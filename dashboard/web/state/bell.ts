import { effect } from '@preact/signals';
import { sound } from './prefs.ts';
import { arrivals } from './wall.ts';

const TONES_HZ = [659, 523];
const TONE_S = 0.16;
const LOUDNESS = 0.12;

/** Rings twice, softly, when an urgent incident comes in; only for those who turned it on. */
export function ringForArrivals(): void {
  effect(() => {
    const urgent = arrivals.value.some((incident) => incident.priority <= 2);
    if (urgent && sound.peek() === 'on') ring();
  });
}

function ring(): void {
  const audio = new AudioContext();
  for (const [i, hz] of TONES_HZ.entries()) {
    const start = audio.currentTime + i * TONE_S;
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = hz;
    gain.gain.setValueAtTime(LOUDNESS, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + TONE_S * 2);
    tone.connect(gain).connect(audio.destination);
    tone.start(start);
    tone.stop(start + TONE_S * 2);
    tone.onended = () => {
      if (i === TONES_HZ.length - 1) void audio.close();
    };
  }
}
