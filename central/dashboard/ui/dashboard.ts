// The dashboard's script: htmx for actions, and the live pages. Pages that only read need none of it.
// Its parts are files with names of their own: what a page does not need, it does not fetch.
import "uplot/dist/uPlot.min.css";
import "./dashboard.css";
import "./fleet.css";
import "./desk.css";
import "./signals.css";
import "./upload.css";
import "./components.css";

import "./main";
