"""What Fern & Kettle sells and tells. Everything here is invented."""
