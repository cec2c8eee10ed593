/** The rating control; see counters/control.js for when it is fetched. */
