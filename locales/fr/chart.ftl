### L’image du bilan de la semaine, et ce qu’on en dit à qui ne la voit pas.

chart-title = Semaine du { $week }

chart-weekday =
    { $day ->
        [1] lun.
        [2] mar.
        [3] mer.
        [4] jeu.
        [5] ven.
        [6] sam.
       *[7] dim.
    }

chart-key-shares = Relais

chart-key-calls = Appels

chart-key-others = Autres gestes

chart-key-before = Semaine d’avant

chart-empty = Aucun geste noté cette semaine

chart-alt = Une barre par jour, semaine du { $week } : { $kinds }.

chart-alt-compared = Une barre par jour, semaine du { $week } : { $kinds }, contre { $before } la semaine d’avant.

chart-alt-nothing = aucun geste noté

chart-alt-shares =
    { $count ->
        [one] { $shown } relais
       *[other] { $shown } relais
    }

chart-alt-calls =
    { $count ->
        [one] { $shown } appel
       *[other] { $shown } appels
    }

chart-alt-others =
    { $count ->
        [one] { $shown } autre geste
       *[other] { $shown } autres gestes
    }

chart-alt-best =
    { $count ->
        [one] Meilleur jour : { $days }, avec { $shown }.
       *[other] Meilleurs jours : { $days }, avec { $shown } chacun.
    }
